"""Large type on or off, remembered in a cookie; works with a link and without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from linzhi.web.shell import TYPE_COOKIE

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """Set the size to `size` (large or normal) and go back to `next`; an address on another host is refused and leads home."""
    given = request.POST if request.method == "POST" else request.GET
    back = given.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if given.get("size") == "large":
        response.set_cookie(TYPE_COOKIE, "large", max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(TYPE_COOKIE, samesite="Lax")
    return response
