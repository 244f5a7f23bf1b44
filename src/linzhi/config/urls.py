"""Every address. Domains list their own screens; this file only says where they hang."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from linzhi.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linzhi.web.urls")),
    path("accounts/", include("linzhi.foundation.accounts.urls")),
    path("files/", include("linzhi.foundation.files.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
