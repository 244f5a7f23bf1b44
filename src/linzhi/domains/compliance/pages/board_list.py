"""The list behind a number of a board: the subjects that stand so by one check, with the reason or the day by which it is mended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.compliance.pages.frame import labels, line, records
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.rules import COLOUR_KINDS, STATE_WORDS
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.judging import NOT_MET, PENDING, colour
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50
STATES = ("", "n", "x", "p", "?", "m", "-")


def view(request: HttpRequest, check: str) -> HttpResponse:
    """The list of a place and a check, of one state or all. Refused (404) for what the asker may not see."""
    powers = powers_of(request)
    place = boards.place_of(powers, request.GET.get("place", ""))
    asked = next(iter(boards.checks_at(powers, place, [check])), None)
    if asked is None:
        raise NotFound(_("没有这项检查，或者不在您的范围内。"))
    state = request.GET.get("state", "")
    state = state if state in STATES and asked.entry.none is None else ""
    number = request.GET.get("page", "1")
    first = (max(int(number), 1) - 1) * PAGE if number.isdigit() and len(number) < 5 else 0
    rows, total = boards.behind(powers, place, asked, state, first=first, most=PAGE)
    codes = dict(Territory.objects.filter(path__in={row.path for row in rows}).values_list("path", "code"))

    def line_of(row: boards.Listed) -> tuple[boards.Listed, str, str, str, str]:
        kind = COLOUR_KINDS[colour(asked, row.state, excused=bool(row.excused))]
        words = str(STATE_WORDS[row.state]) + (_("，已说明") if row.excused and row.state in (NOT_MET, PENDING) else "")
        if asked.entry.none is not None:
            return row, reverse("compliance:finding", args=[row.pk]), "", kind, words
        return (
            row,
            reverse("compliance:why", args=[row.subject, row.ref, check]),
            records(row.subject, codes.get(row.path, "")),
            kind,
            words,
        )

    tabs = [
        {"href": query(request.GET, state=one, page=None), "label": str(STATE_WORDS[one]) if one else _("全部"), "current": one == state}
        for one in (STATES if asked.entry.none is None else ("",))
    ]
    context = {
        "check": asked,
        "line": line(place, boards.widest(powers)),
        "back": reverse("compliance:board") + query({}, place=place.code),
        "tabs": tabs,
        "rows": [line_of(row) for row in rows],
        "places": labels([row.path for row in rows]),
        "today": day_of(powers.at),
        "first": first + 1,
        "last": first + len(rows),
        "total": total,
        "previous": query(request.GET, page=first // PAGE) if first else "",
        "next": query(request.GET, page=first // PAGE + 2) if first + PAGE < total else "",
    }
    return page(request, "compliance/board_list.html", context, nav="compliance")
