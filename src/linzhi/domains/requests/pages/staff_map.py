"""地图: what a filter of the list finds, by place. Schematic tiles of streets, communities and estates; no other host is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.pages import map_layout, staff_filter
from linzhi.domains.requests.queries import Counted
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, SEGMENT, covers
from linzhi.kernel.refused import NotAllowed
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

STREET, COMMUNITY = COUNTY_LENGTH + SEGMENT, COUNTY_LENGTH + 2 * SEGMENT
MOST = 2000
ALL_OPEN = 60
"""Up to so many estates every street stands open; of more only those where something was found."""


@dataclass
class Spot:
    """A place on the map. `share` is its count per cent of the largest estate's; `column` and `row` its cell in the place above."""

    path: str
    code: str
    name: str
    count: int = 0
    overdue: int = 0
    share: int = 0
    column: int = 1
    row: int = 1
    inside: list[Spot] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """How many columns what lies inside takes."""
        return map_layout.columns_for(len(self.inside))


def view(request: HttpRequest) -> HttpResponse:
    """The same filter as the list, read from the same address. Without a post it is refused."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
    if not powers.grants:
        raise NotAllowed("requests.view_internal", powers.decide("requests.view_internal").reason)
    asked = staff_filter.asked(powers, request.GET)
    found = queries.by_place(powers, asked.wanted)
    streets, estates = _streets(powers, asked.wanted.path, found)
    counts = queries.tab_counts(powers, powers.at, staff_filter.COUNTED)
    context = {
        "asked": asked,
        "streets": streets,
        "total": sum(one.found for one in found.values()),
        "overdue": sum(one.overdue for one in found.values()),
        "nowhere": sum(one.found for path, one in found.items() if len(path) < ESTATE_LENGTH),
        "elsewhere": sum(one.found for path, one in found.items() if len(path) == ESTATE_LENGTH and path not in estates),
        "all_open": len(estates) <= ALL_OPEN,
        "here": query(request.GET, case=None, page=None),
        "tabs": [
            {
                "label": label, "href": query(request.GET, tab=key, page=None, case=None),
                "count": None if asked.narrowed else counts.get(key), "current": key == asked.wanted.tab,
            }
            for key, label in staff_filter.TABS.items()
            if key != "unlocated"
        ],
        "title": staff_filter.TABS[asked.wanted.tab],
        **_options(powers),
    }  # fmt: skip
    return page(request, "requests/staff_map.html", context, nav="requests")


def _options(powers: Powers) -> dict[str, Any]:
    return {
        "places": staff_filter.place_options(powers),
        "categories": staff_filter.category_options(),
        "bodies": staff_filter.body_options(powers),
        "natures": staff_filter.nature_options(),
        "may_see_board": staff_filter.holds_anywhere(powers, "requests.view_figures"),
    }


def _roots(powers: Powers, path: str) -> list[str]:
    """The places to draw: those of the asker's posts, narrowed to the place that was asked for; of a building its estate."""
    found = set()
    for top in staff_filter.tops(powers):
        if covers(path, top):
            found.add(top[:ESTATE_LENGTH])
        elif covers(top, path):
            found.add(path[:ESTATE_LENGTH])
    return sorted(found)


def _streets(powers: Powers, path: str, found: dict[str, Counted]) -> tuple[list[Spot], set[str]]:
    """The streets with their communities and these with their estates, and the paths of all estates."""
    spots: dict[str, Spot] = {}
    for root in _roots(powers, path):
        for code, inner, name in territory.outline(root, ("street", "community", "estate"), MOST):
            spots[inner] = Spot(inner, code, name)
    estates = places.estates_by_path(inner for inner in spots if len(inner) == ESTATE_LENGTH)
    missing = {inner[:end] for inner in estates for end in (STREET, COMMUNITY)} - set(spots)
    for above in Territory.objects.filter(path__in=missing):
        spots[above.path] = Spot(above.path, above.code, above.name)
    for spot, one in found.items():
        for end in {STREET, COMMUNITY, ESTATE_LENGTH}:
            if len(spot) >= end and spot[:end] in spots:
                spots[spot[:end]].count += one.found
                spots[spot[:end]].overdue += one.overdue
    most = max((spots[inner].count for inner in estates), default=0)
    points: dict[str, map_layout.Point | None] = {}
    for inner, estate in estates.items():
        spots[inner].share = spots[inner].count * 100 // most if most else 0
        points[inner] = (estate.latitude, estate.longitude) if estate.latitude is not None and estate.longitude is not None else None
    for inner in sorted(spots):
        if len(inner) > STREET and inner[:-SEGMENT] in spots:
            spots[inner[:-SEGMENT]].inside.append(spots[inner])
    streets = [spot for inner, spot in sorted(spots.items()) if len(inner) == STREET]
    for street in streets:
        for community in street.inside:
            points[community.path] = _lay_out(community.inside, points)
        _lay_out(street.inside, points)
    return streets, set(estates)


def _lay_out(spots: list[Spot], points: dict[str, map_layout.Point | None]) -> map_layout.Point | None:
    """Give each place its cell; returns the middle of all of them."""
    here = [points.get(spot.path) for spot in spots]
    for spot, (column, row) in zip(spots, map_layout.cells(here), strict=True):
        spot.column, spot.row = column, row
    return map_layout.middle(here)
