"""Venues and idle spaces of a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linzhi.domains.places import queries
from linzhi.domains.places.pages.frame import asked_of, base
from linzhi.domains.places.queries.rolls import spaces as find_spaces
from linzhi.domains.places.queries.rolls import venues as find_venues
from linzhi.domains.places.rules import PREMISES_OWNERS, SPACE_STATES, VENUE_KINDS, VENUE_LEVELS
from linzhi.web.render import page

MOST = 300


def venues(request: HttpRequest) -> HttpResponse:
    """The venues inside a place as of a day. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    rows = find_venues(asked.place.path, asked.on)
    context = base(request, asked, "venues") | {
        "rows": rows[:MOST],
        "more": max(len(rows) - MOST, 0),
        "labels": queries.place_labels({row.path for row in rows[:MOST]}),
        "words": {"level": VENUE_LEVELS, "kind": VENUE_KINDS, "premises": PREMISES_OWNERS},
        "area": sum(row.area or 0 for row in rows),
        "may_add": asked.may("places.record_venues"),
    }
    return page(request, "places/venues.html", context, nav="places")


def spaces(request: HttpRequest) -> HttpResponse:
    """The idle spaces inside a place as of a day, and those that were put to use. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    rows = sorted(find_spaces(asked.place.path, asked.on), key=lambda row: (row.state == "in_use", row.path, row.name))
    context = base(request, asked, "spaces") | {
        "rows": rows[:MOST],
        "more": max(len(rows) - MOST, 0),
        "labels": queries.place_labels({row.path for row in rows[:MOST]}),
        "words": {"state": SPACE_STATES, "premises": PREMISES_OWNERS},
        "idle": sum(row.area or 0 for row in rows if row.state != "in_use"),
        "used": sum(row.area or 0 for row in rows if row.state == "in_use"),
        "may_add": asked.may("places.record_spaces"),
    }
    return page(request, "places/spaces.html", context, nav="places")
