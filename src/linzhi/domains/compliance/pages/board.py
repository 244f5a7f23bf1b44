"""对照总览: how a place and those below it stand by every check, with a map; a province opens as quickly as a street."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.compliance.pages import board_map
from linzhi.domains.compliance.pages.frame import line
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.rules import Stand, stand_of
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.policy.checks import FORCES
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

SINCE = 7


def view(request: HttpRequest) -> HttpResponse:
    """The board of the asker's widest place, or of a place below it. Refused (404) outside the asker's places."""
    powers = powers_of(request)
    place = boards.place_of(powers, request.GET.get("place", ""))
    today = day_of(powers.at)
    board = boards.board(powers, place, today)
    chosen = next((check for check in board.checks if check.code == request.GET.get("check", "")), None)
    before = boards.counts_on([place.path], today - timedelta(days=SINCE)).get(place.path) if place.level in boards.TALLIED else None
    rows = []
    for check in board.checks:
        stand = board.stand(board.here, check)
        if not stand.asked:
            continue
        then = stand_of(check, before.get(check.code, {})) if before is not None else None
        rows.append((check, stand, moved(stand, then), _few(stand, board.least), FORCES[check.entry.force]))
    context = {
        "place": place,
        "line": line(place, boards.widest(powers)),
        "board": board,
        "rows": sorted(rows, key=lambda row: (row[1].rank, row[0].entry.subject, row[0].entry.title)),
        "since": SINCE if before is not None else 0,
        "map": board_map.drawn(board, powers, chosen, _href(request)),
        "chosen": chosen,
        "options": [("", _("最差的一项")), *((check.code, check.entry.title) for check in board.checks)],
        "shown": [(node, board.stand(node, chosen) if chosen else board.worst(node)) for node in board.below],
        "standing": reverse("compliance:standing", args=[place.code]) if len(place.path) >= COUNTY_LENGTH else "",
    }
    return page(request, "compliance/board.html", context, nav="compliance")


def _href(request: HttpRequest) -> board_map.Href:
    """Where a place of the map leads: an estate to all that is asked of it, another to its own board."""

    def href(code: str, level: str) -> str:
        if level == "estate":
            return reverse("compliance:standing_estate", args=[code])
        return reverse("compliance:board") + query(request.GET, place=code)

    return href


def _few(stand: Stand, least: int) -> bool:
    """Whether too few are counted for a share to mean anything."""
    return stand.of is not None and stand.of < least


def moved(now: Stand, then: Stand | None) -> str:
    """What has moved since then, in words; of a listing, by what is amiss."""
    if then is None:
        return ""
    difference = now.done - then.done if now.of is not None else (then.red + then.amber) - (now.red + now.amber)
    if difference == 0:
        return ""
    return _("多了 %(n)d") % {"n": difference} if difference > 0 and now.of is not None else _sentence(difference, now)


def _sentence(difference: int, now: Stand) -> str:
    if now.of is not None:
        return _("少了 %(n)d") % {"n": -difference}
    return _("销了 %(n)d") % {"n": difference} if difference > 0 else _("新查出 %(n)d") % {"n": -difference}
