"""Addresses of the screens that residents begin with, and of everybody's own messages."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.desk.pages import (
    demo_sign_in,
    estate_home,
    inbox,
    my_account,
    my_data,
    my_data_consents,
    my_data_correct,
    my_data_delete,
    my_data_export,
    my_email,
    notices,
    openings,
    start,
)

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
    path("me/account/", my_account.view, name="me"),
    path("me/email/", my_email.view, name="my_email"),
    path("me/openings/", openings.view, name="openings"),
    path("me/data/", my_data.view, name="my_data"),
    path("me/data/export/", my_data_export.view, name="my_data_export"),
    path("me/data/correct/", my_data_correct.view, name="my_data_correct"),
    path("me/data/delete/", my_data_delete.view, name="my_data_delete"),
    path("me/consents/", my_data_consents.view, name="my_consents"),
]
