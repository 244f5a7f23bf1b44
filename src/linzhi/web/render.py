"""The one way to answer with a page: template, data, shell; or one block of it for htmx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import Environment

from linzhi.web import shell as shells


def environment() -> Environment:
    """The project's one Jinja2 environment."""
    return cast(Environment, engines["jinja2"].env)  # type: ignore[attr-defined]


def _csrf_input(request: HttpRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def frame(request: HttpRequest, nav: str = "", shell: shells.Shell | None = None) -> dict[str, Any]:
    """What every template is given besides its own data: request, shell, nav, large_type, csrf_input, csrf_token."""
    known = shell if shell is not None else shells.of(request)
    return {
        "request": request,
        "shell": known,
        "nav": nav,
        "large_type": request.COOKIES.get(shells.TYPE_COOKIE) == "large",
        "csrf_input": SimpleLazyObject(lambda: _csrf_input(request)),
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
    }


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    nav: str = "",
    part: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    shell: shells.Shell | None = None,
) -> HttpResponse:
    """Render a Jinja2 template as a response.

    `nav` is the key of the navigation entry to mark; with `part`, a request made by htmx gets only the block of that
    name. Raises KeyError for a block that the template itself doesn't define.
    """
    data = {**frame(request, nav, shell), **(context or {})}
    found = environment().get_template(template)
    htmx = getattr(request, "htmx", None)
    if part and htmx and not htmx.boosted:
        block = found.blocks[part]
        body = "".join(block(found.new_context(data)))
    else:
        body = found.render(data)
    response = HttpResponse(body, status=status, headers=dict(headers or {}))
    if part:
        patch_vary_headers(response, ["HX-Request"])
    return response
