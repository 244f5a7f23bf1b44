"""The grids of a place: their ground, their households, and what has to be put in order, by whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.pages.frame import asked_of, base
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.domains.places.rules import GRID_KINDS
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.territory.history import names_on
from linzhi.web.render import page

MOST = 300


def view(request: HttpRequest) -> HttpResponse:
    """Grids as of a day, by community, micro-grids below their grid. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    grids = queries.grids(asked.place.path, asked.on)
    grids.sort(key=lambda row: (row.path, row.parent.code if row.parent else row.code, row.parent is not None, row.code))
    parts = queries.ground_of([row.pk for row in grids], asked.on)
    problems = grid_problems(asked.place.path, asked.on)
    context = base(request, asked, "grids") | {
        "rows": grids[:MOST],
        "more": max(len(grids) - MOST, 0),
        "parts": parts,
        "households": metrics.households_by_grid(asked.place.path, asked.on),
        "problems": problems[:MOST],
        "problem_count": len(problems),
        "owners": {one.owner: role_title(one.owner) for one in problems},
        "communities": names_on({row.path for row in grids} | {one.community for one in problems}, asked.on),
        "kinds": GRID_KINDS,
        "may_add": asked.place.level == "community" and asked.may("places.record_grids"),
        "may_edit": asked.may("places.record_grids"),
    }
    return page(request, "places/grids.html", context, nav="places")
