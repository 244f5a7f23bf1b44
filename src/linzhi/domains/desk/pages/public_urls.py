"""Addresses of the screens that residents begin with, and of everybody's own messages."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.desk.pages import demo_sign_in, estate_home, inbox, notices, openings, start

urlpatterns: list[URLPattern] = [
    path("", start.view, name="start"),
    path("e/<str:code>/", estate_home.view, name="estate"),
    path("e/<str:code>/notices/", notices.listed, name="notices"),
    path("q/<str:code>/", estate_home.by_code, name="facility"),
    path("notices/<int:pk>/", notices.one, name="notice"),
    path("inbox/", inbox.view, name="inbox"),
    path("inbox/<int:pk>/open/", inbox.open_message, name="inbox_open"),
    path("demo/", demo_sign_in.view, name="demo"),
    path("demo/sign-in/<int:account_id>/", demo_sign_in.sign_in, name="demo_sign_in"),
    path("me/openings/", openings.view, name="openings"),
]
