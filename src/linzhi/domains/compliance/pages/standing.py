"""对照情况: everything that is asked of one estate, community, street or county, by colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.compliance.pages.frame import line, records
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.queries import evaluation
from linzhi.domains.compliance.queries.why import Why, about, explained, standing_at
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for
from linzhi.web.asker import powers_of
from linzhi.web.render import page

ORDER = ("bad", "warn", "none", "ok")


@dataclass(frozen=True)
class Line:
    """One check of the place: the whole answer, and where it is read."""

    why: Why
    href: str


def view(request: HttpRequest, code: str) -> HttpResponse:
    """Everything asked of a place itself, and of what lies in it. Refused (404) outside the asker's places."""
    powers = powers_of(request)
    place = boards.place_of(powers, code)
    if len(place.path) < COUNTY_LENGTH:
        raise NotFound(_("县（市、区）以上请看总览。"))
    lines = _lines(powers, place)
    inside = boards.board(powers, place, day_of(powers.at)) if place.level != "estate" else None
    own = {one.why.check.code for one in lines}
    below = [(check, inside.stand(inside.here, check)) for check in inside.checks if check.code not in own] if inside else []
    context = {
        "place": place,
        "line": line(place, boards.widest(powers)),
        "lines": sorted(lines, key=lambda one: (ORDER.index(one.why.kind), one.why.check.entry.title)),
        "counts": {kind: sum(one.why.kind == kind for one in lines) for kind in ORDER},
        "below": [
            (check, stand, stand.of is not None and inside is not None and stand.of < inside.least) for check, stand in below if stand.asked
        ],
        "here": inside.here if inside else None,
        "records": records(place.level, place.code) if place.level == "estate" else reverse("places:home") + f"?place={place.code}",
        "at": lines[0].why.at if lines else inside.here.at if inside else None,
    }
    return page(request, "compliance/standing.html", context, nav="compliance")


def _lines(powers: Powers, place: Territory) -> list[Line]:
    row = standing_at(place.path, place.level)
    if row is None:
        return []
    asked = evaluation.checks_of(pack_for(place.path), day_of(powers.at)).values()
    checks = [
        check for check in asked
        if check.entry.subject == place.level
        and (check.entry.none or check.code in row.layout.checks)
        and boards.sees(powers, place, check)
    ]  # fmt: skip
    shared = about(row, checks)
    return [Line(explained(powers, shared, check), reverse("compliance:why", args=[place.level, row.ref, check.code])) for check in checks]
