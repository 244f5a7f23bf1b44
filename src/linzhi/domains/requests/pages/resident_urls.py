"""Addresses of residents' screens."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.requests.pages import (
    case,
    case_photo,
    case_say,
    follow,
    mine,
    neighbours,
    rate,
    report_about,
    report_alike,
    report_contact,
    report_emergency,
    report_preview,
    report_sent,
    report_what,
    report_where,
    status,
)

_PHOTO = "requests/<int:pk>/photos/<uuid:file_id>/"

urlpatterns: list[URLPattern] = [
    path("e/<str:code>/report/", report_what.start, name="report"),
    path("e/<str:code>/requests/", neighbours.view, name="neighbours"),
    path("report/<uuid:draft_id>/what/", report_what.again, name="report_what"),
    path("report/<uuid:draft_id>/emergency/", report_emergency.view, name="report_emergency"),
    path("report/<uuid:draft_id>/where/", report_where.view, name="report_where"),
    path("report/<uuid:draft_id>/about/", report_about.view, name="report_about"),
    path("report/<uuid:draft_id>/alike/", report_alike.view, name="report_alike"),
    path("report/<uuid:draft_id>/contact/", report_contact.view, name="report_contact"),
    path("report/<uuid:draft_id>/preview/", report_preview.view, name="report_preview"),
    path("report/<uuid:draft_id>/sent/", report_sent.view, name="sent"),
    path("requests/<int:pk>/", case.view, name="case"),
    path("requests/<int:pk>/answer/", case_say.answer, name="answer"),
    path("requests/<int:pk>/rate/", rate.view, name="rate"),
    path("requests/<int:pk>/follow/", follow.view, name="follow"),
    *(path(f"requests/<int:pk>/{what}/", case_say.view, {"what": what}, name="say") for what in case_say.SAYS),
    path(_PHOTO, case_photo.view, name="photo"),
    path(f"{_PHOTO}thumb/", case_photo.view, {"thumb": True}, name="photo_thumb"),
    path("status/", status.view, name="status"),
    path("status/close/", status.close, name="status_close"),
    path("my/", mine.view, name="mine"),
]
