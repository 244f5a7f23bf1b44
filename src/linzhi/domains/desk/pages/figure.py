"""数字背后的事: the requests that a figure of the board is made of, and how it is computed."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linzhi.domains.desk import queries
from linzhi.domains.desk.pages.board import DAYS, place_of
from linzhi.domains.places import queries as places
from linzhi.domains.requests import metrics
from linzhi.domains.requests import queries as requests
from linzhi.kernel import clock
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 25
WHICH = {"part": _("算进分子的"), "missed": _("没有算进分子的"), "whole": _("分母里的"), "out": _("没算进去的")}


def view(request: HttpRequest, key: str) -> HttpResponse:
    """A figure of the board with the records behind it. Refused outside the asker's places; NotFound for no such figure."""
    powers = powers_of(request)
    place = place_of(request, queries.widest_path(powers, "requests.view_figures"))
    which = request.GET.get("which", "whole")
    if which not in WHICH:
        raise NotFound(str(_("没有这个数字。")))
    at = clock.now()
    begin = at - timedelta(days=DAYS)
    number = max(int(request.GET.get("page", "1")), 1) if request.GET.get("page", "1").isdigit() else 1
    rows = list(metrics.behind(powers, key, which, place.path, begin, at, at)[(number - 1) * PAGE : number * PAGE + 1])
    shown = rows[:PAGE]
    figure = metrics.figure(powers, key, place.path, begin, at, at)
    counts = {"part": figure.part, "missed": figure.whole - figure.part, "whole": figure.whole, "out": figure.left_out}
    tabs = [
        {"label": label, "href": query({}, place=place.code, which=one), "count": counts[one], "current": one == which}
        for one, label in WHICH.items()
        if counts[one] or one == which
    ]
    context = {
        "figure": figure,
        "place": place,
        "which": which,
        "tabs": tabs,
        "rows": shown,
        "states": {row.pk: requests.state_of(row, own=False) for row in shown},
        "labels": places.place_labels({row.path for row in shown}),
        "begin": begin,
        "at": at,
        "previous": query(request.GET, page=number - 1 if number > 2 else None) if number > 1 else "",
        "next": query(request.GET, page=number + 1) if len(rows) > PAGE else "",
    }
    return page(request, "desk/figure.html", context, nav="board")
