"""Addresses of staff's screens."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.requests.pages import (
    staff_bulk,
    staff_case,
    staff_contact,
    staff_export,
    staff_import,
    staff_list,
    staff_map,
    staff_print,
    staff_record,
)

urlpatterns: list[URLPattern] = [
    path("desk/requests/", staff_list.view, name="list"),
    path("desk/requests/map", staff_map.view, name="map"),
    path("desk/requests/bulk/", staff_bulk.view, name="bulk"),
    path("desk/requests/new/", staff_record.view, name="new"),
    path("desk/requests/export/", staff_export.view, name="export"),
    path("desk/requests/import/", staff_import.view, name="import"),
    path("desk/requests/import/<str:place_code>/<uuid:file_id>/", staff_import.sheet, name="import_sheet"),
    path("desk/requests/<int:pk>/", staff_case.view, name="detail"),
    path("desk/requests/<int:pk>/contact/", staff_contact.view, name="contact"),
    path("desk/requests/<int:pk>/print/", staff_print.view, name="print"),
]
