"""Pages that belong to no domain."""

from __future__ import annotations

from django.urls import path

from linzhi.web.pages import components, type_size

app_name = "web"

urlpatterns = [
    path("type/", type_size.view, name="type"),
    path("components/", components.view, name="components"),
    path("components/<slug:frame>/", components.view, name="components_in"),
]
