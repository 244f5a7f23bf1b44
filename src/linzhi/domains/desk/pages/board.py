"""看板: where things stand now, by place, and the rates of the last thirty days, each explaining itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.domains.requests import metrics
from linzhi.domains.requests import queries as requests
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, LEVELS, SEGMENT, covers
from linzhi.kernel import clock
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

DAYS = 30
MOST_COLUMNS = 4
FEW = 5
"""Under so many due requests a place gets no colour: one more or less would change everything."""


def view(request: HttpRequest) -> HttpResponse:
    """The board of a place: the widest one of the asker's posts, or a place below it. Refused outside the asker's places."""
    powers = powers_of(request)
    widest = queries.widest_path(powers, "requests.view_figures")
    place = place_of(request, widest)
    at = clock.now()
    begin = at - timedelta(days=DAYS)
    length = len(place.path) + SEGMENT
    below = (
        territory.inside(place.path, LEVELS[LEVELS.index(place.level) + 1], at.date()) if place.level not in ("estate", "building") else []
    )
    rows = {row.path: row for row in metrics.by_place(powers, place.path, length, begin, at, at)} if below else {}
    columns = _columns(len(below))
    context = {
        "place": place,
        "line": [(step, covers(widest, step.path)) for step in territory.line(place.path) if len(step.path) >= COUNTY_LENGTH],
        "tally": _tally(request, powers, place, at),
        "figures": metrics.figures(powers, place.path, begin, at, at),
        "replied": [metrics.figure(powers, key, place.path, begin, at, at) for key in metrics.REPLIED],
        "replies": metrics.replies(powers, place.path, begin, at),
        "tiles": [_tile(request, number, columns, child, rows.get(child.path)) for number, child in enumerate(below)],
        "columns": columns,
        "at": at,
        "days": DAYS,
        "here": query(request.GET, place=place.code, page=None, case=None),
    }
    return page(request, "desk/board.html", context, nav="board")


def _columns(count: int) -> int:
    return next((columns for columns, most in ((1, 1), (2, 4), (3, 9)) if count <= most), MOST_COLUMNS)


def _tally(request: HttpRequest, powers: Powers, place: Territory, at: datetime) -> list[dict[str, object]]:
    """How many stand open, late and due today here: each the count of the list that it opens."""
    found = []
    for tab, label in (("open", _("在办")), ("overdue", _("超时")), ("today", _("今天到期")), ("reopened", _("重新打开"))):
        count = requests.listed(powers, requests.Filter(at=at, tab=tab, path=place.path)).order_by().count()
        href = f"{reverse('requests:list')}?tab={tab}&place={place.code}"
        found.append({"count": count, "label": label, "href": href, "over": tab == "overdue"})
    return found


def place_of(request: HttpRequest, widest: str) -> Territory:
    """The place that the address names, else the widest one. Raises NotFound for a place outside it."""
    code = request.GET.get("place", "")
    place = Territory.objects.filter(code=code).first() if code else Territory.objects.filter(path=widest).first()
    if place is None or not covers(widest, place.path):
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    return place


def _tile(request: HttpRequest, number: int, columns: int, place: Territory, row: metrics.PlaceRow | None) -> dict[str, object]:
    row = row or metrics.PlaceRow(place.path, 0, 0, 0, 0, 0)
    if row.due < FEW:
        kind, words = "none", _("件数少，不评")
    elif row.kept * 100 >= row.due * 95:
        kind, words = "ok", _("按时")
    elif row.kept * 100 >= row.due * 85:
        kind, words = "warn", _("接近")
    else:
        kind, words = "bad", _("偏低")
    lines = [_("按时 %(kept)d/%(due)d") % {"kept": row.kept, "due": row.due}]
    if row.overdue:
        lines.append(_("超时 %(n)d 件") % {"n": row.overdue})
    return {
        "name": place.name.removesuffix(_("社区")).removesuffix(_("街道")), "kind": kind, "words": words,
        "href": query(request.GET, place=place.code, page=None, case=None),
        "n": _("在办 %(open)d，%(days)d 天收到 %(n)d") % {"open": row.open, "days": DAYS, "n": row.reported},
        "column": number % columns + 1, "row": number // columns + 1, "lines": lines,
    }  # fmt: skip
