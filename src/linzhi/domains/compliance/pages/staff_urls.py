"""Addresses of 查缺补漏."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.compliance.pages import findings

urlpatterns: list[URLPattern] = [path("desk/findings/", findings.view, name="findings")]
