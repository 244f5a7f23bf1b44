"""The sign-in pages, what their frame links to, and one page of work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from linzhi.foundation.accounts.actor import actor_of


def work(request: HttpRequest) -> HttpResponse:
    """Says who is there."""
    return HttpResponse(actor_of(request).key)


urlpatterns = [
    path("", work),
    path("", include("linzhi.web.urls")),
    path("accounts/", include("linzhi.foundation.accounts.urls")),
]
