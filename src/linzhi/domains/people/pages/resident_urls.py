"""Addresses of what residents offer, and of the check-in."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.people.pages import check_in, skills

urlpatterns: list[URLPattern] = [
    path("me/skills/", skills.mine, name="my_skills"),
    path("e/<str:code>/skills/", skills.neighbours, name="neighbours"),
    path("checkin/done/", check_in.receipt, name="checked_in"),
    path("checkin/delete/", check_in.delete, name="check_out"),
    path("checkin/<str:code>/", check_in.view, name="check_in"),
]
