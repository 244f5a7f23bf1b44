"""Addresses of the registers: what goes in and out as Excel."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.desk.pages import (
    registers_columns,
    registers_export,
    registers_faults,
    registers_home,
    registers_import,
    registers_template,
    registers_undo,
    registers_upload,
)

urlpatterns: list[URLPattern] = [
    path("desk/registers/", registers_home.view, name="registers"),
    path("desk/registers/imports/", registers_home.history, name="register_imports"),
    path("desk/registers/imports/<int:pk>/", registers_import.view, name="register_import"),
    path("desk/registers/imports/<int:pk>/columns/", registers_columns.view, name="register_columns"),
    path("desk/registers/imports/<int:pk>/faults/", registers_faults.view, name="register_faults"),
    path("desk/registers/imports/<int:pk>/undo/", registers_undo.view, name="register_undo"),
    path("desk/registers/<slug:code>/template/", registers_template.view, name="register_template"),
    path("desk/registers/<slug:code>/upload/", registers_upload.view, name="register_upload"),
    path("desk/registers/<slug:code>/export/", registers_export.view, name="register_export"),
]
