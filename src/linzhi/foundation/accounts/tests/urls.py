"""The project's addresses and one page of work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from linzhi.foundation.accounts.actor import actor_of


def work(request: HttpRequest) -> HttpResponse:
    """Says who is there."""
    return HttpResponse(actor_of(request).key)


urlpatterns = [path("a-page-of-work/", work), path("", include("linzhi.config.urls"))]
