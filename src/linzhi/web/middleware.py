"""One middleware for pages: the lazy shell, refusals as pages, redirects that htmx understands, no shared caching."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from linzhi.kernel.refused import Refused
from linzhi.web import errors, shell


class PageMiddleware:
    """Stands last, so that sign-in and htmx are known already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach the shell; after the view, mend htmx redirects and forbid shared caches to keep pages."""
        shell.attach(request)
        response = self.get_response(request)
        htmx = getattr(request, "htmx", None)
        if htmx and not htmx.boosted and response.status_code in (301, 302, 303) and "Location" in response:
            # htmx would follow the redirect unseen and put a whole page into a part of this one.
            return HttpResponse(status=200, headers={"HX-Redirect": response["Location"]})
        if "Cache-Control" not in response and response.get("Content-Type", "").startswith("text/html"):
            response["Cache-Control"] = "private, no-cache"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes its page or, under /api, problem+json; everything else is left to Django."""
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        return None
