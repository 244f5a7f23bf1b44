"""我的事: what I reported and what I follow; what waits for my word comes first."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Request
from linzhi.web.asker import powers_of
from linzhi.web.render import page

A_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One request of the list, with where it stands and its place in words."""

    request: Request
    state: queries.State
    place: str


def view(request: HttpRequest) -> HttpResponse:
    """One's own list, `?show=follows` for what one follows. Somebody not signed in is asked to sign in."""
    account_id = powers_of(request).actor.account_id
    if account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    show = "follows" if request.GET.get("show") == "follows" else "mine"
    rows = queries.followed_by(account_id) if show == "follows" else queries.reported_by(account_id)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    listed = [Row(one, queries.state_of(one, own=show == "mine"), places.place_label(one.path)) for one in found]
    if found.number == 1:
        listed.sort(key=lambda row: row.state.family != "turn")
    return page(request, "requests/mine.html", {"show": show, "rows": listed, "found": found})
