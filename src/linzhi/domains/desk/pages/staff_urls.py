"""Addresses of the desk's staff screens."""

from __future__ import annotations

from django.urls import path

from linzhi.domains.desk.pages import access, board, health, home, methods, search, today, undelivered

urlpatterns = [
    path("desk/", home.view, name="home"),
    path("desk/today/", today.view, name="today"),
    path("desk/board/", board.view, name="board"),
    path("desk/methods/", methods.view, name="methods"),
    path("desk/access/", access.view, name="access"),
    path("desk/search/", search.view, name="search"),
    path("desk/health/", health.view, name="health"),
    path("desk/undelivered/", undelivered.view, name="undelivered"),
]
