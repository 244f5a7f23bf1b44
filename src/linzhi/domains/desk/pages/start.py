"""The first page: staff go to their desk, a resident to the estate where they live, everyone else chooses one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linzhi.domains.people import queries as people
from linzhi.domains.places import queries as places
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import LEVELS, SEGMENT
from linzhi.web.asker import powers_of
from linzhi.web.render import page

STREET = SEGMENT * (LEVELS.index("street") + 1)
MANY = 30


@dataclass(frozen=True)
class Street:
    """A street with its estates."""

    name: str
    estates: list[places.Estate]


def view(request: HttpRequest) -> HttpResponse:
    """Lead people to where they belong; `?q=` looks for an estate by name or address, `?choose=1` shows the list to anyone."""
    powers = powers_of(request)
    account_id = powers.actor.account_id
    words = request.GET.get("q", "").strip()[:40]
    choosing = bool(words) or "choose" in request.GET
    if account_id is not None and not choosing:
        if powers.decide("desk.view_home"):
            return redirect("desk:home")
        estates = list(dict.fromkeys(home.estate_code for home in people.homes_of(account_id, powers.at)))
        if len(estates) == 1:
            return redirect("desk:estate", estates[0])
    homes = people.homes_of(account_id, powers.at) if account_id is not None else []
    found = [one for one in places.estates(powers) if words in one.name or (words and words in one.address)]
    mine = {home.estate_code: home.estate_name for home in homes}
    return page(request, "desk/start.html", {"words": words, "streets": _by_street(found), "folded": len(found) > MANY, "mine": mine})


def _by_street(found: list[places.Estate]) -> list[Street]:
    names = territory.names([one.path[:STREET] for one in found])
    streets: dict[str, list[places.Estate]] = {}
    for one in found:
        streets.setdefault(one.path[:STREET], []).append(one)
    return [Street(names.get(path, ""), rows) for path, rows in streets.items()]
