"""邻居们反映的事: the public requests of an estate, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.report_draft import estate_of
from linzhi.domains.requests.rules import public_text
from linzhi.web.asker import powers_of
from linzhi.web.render import page

A_PAGE = 20


def view(request: HttpRequest, code: str) -> HttpResponse:
    """A page of them; only titles, states and numbers of followers."""
    estate = estate_of(code)
    found = Paginator(queries.public_in(powers_of(request), estate.path), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"request": one, "title": public_text(one.title), "state": queries.state_of(one, own=False)} for one in found]
    return page(request, "requests/neighbours.html", {"estate": estate, "rows": rows, "found": found})
