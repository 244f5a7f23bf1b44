"""The same shell for allauth's Django templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from linzhi.web import shell


def page(request: HttpRequest) -> dict[str, Any]:
    """`shell`, `large_type` and the url that the type switch comes back to."""
    return {
        "shell": shell.of(request),
        "large_type": request.COOKIES.get(shell.TYPE_COOKIE) == "large",
        "here": request.get_full_path(),
    }
