"""底数: the estates of a place, how complete their profiles are, what is missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.pages.frame import Asked, asked_of, base
from linzhi.domains.places.queries.divisions import homes
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50
SHOW = ("", "missing", "due")


def view(request: HttpRequest) -> HttpResponse:
    """The estates inside a place as of a day, a page of them, with the figures of all. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    rows, complete = _rows(asked), metrics.completeness(asked.place.path, asked.on)
    counted = metrics.counted(asked.place.path, asked.on)
    show, words, kind = request.GET.get("show", ""), request.GET.get("q", "").strip()[:40], request.GET.get("kind", "")
    shown = [
        row
        for row in rows
        if (not words or words in row.name or words in row.address or row.code.startswith(words))
        and (not kind or row.kind == kind)
        and (show != "missing" or complete[row.path].filled < complete[row.path].needed)
        and (show != "due" or complete[row.path].due)
    ]
    number = request.GET.get("page", "1")
    first = (max(int(number), 1) - 1) * PAGE if number.isdigit() and len(number) < 5 else 0
    part = shown[first : first + PAGE]
    context = base(request, asked, "home") | {
        "rows": part,
        "complete": complete,
        "counted": counted,
        "communities": {path: name for path, (_code, name) in homes([row.path for row in part], asked.on).items()},
        "kinds": {row.kind: queries.kind_title(row.kind) for row in rows},
        "kind_options": [("", _("全部类型")), *sorted({(row.kind, queries.kind_title(row.kind)) for row in rows})],
        "values": {"show": show if show in SHOW else "", "q": words, "kind": kind},
        "tally": _tally(asked, rows, complete, counted),
        "first": first + 1,
        "last": first + len(part),
        "total": len(shown),
        "previous": query(request.GET, page=first // PAGE) if first else "",
        "next": query(request.GET, page=first // PAGE + 2) if first + PAGE < len(shown) else "",
        "share": metrics.completeness_share(asked.place.path, asked.on),
        "may_add": asked.place.level == "community" and asked.may("places.record_estates"),
    }
    return page(request, "places/home.html", context, nav="places")


def _rows(asked: Asked) -> list[queries.Estate]:
    return queries.estates(asked.powers, asked.place.path, asked.on)


def _tally(asked: Asked, rows: list[Any], complete: dict[str, Any], counted: dict[str, Any]) -> list[dict[str, object]]:
    total = metrics.total(counted)
    here = query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    home, grids = reverse("places:home") + here, reverse("places:grids") + here
    problems = len(grid_problems(asked.place.path, asked.on)) if asked.place.level not in ("estate", "building") else 0
    missing = sum(row.filled < row.needed for row in complete.values())
    due = sum(row.due for row in complete.values())
    return [
        {"count": len(rows), "label": _("小区"), "href": home, "note": _("楼栋 %(n)d") % {"n": total.buildings}},
        {"count": total.households, "label": _("住宅户数"), "href": reverse("places:dwellings") + here,
         "note": _("商铺 %(shops)d，车位 %(parking)d") % {"shops": total.shops, "parking": total.parking}},
        {"count": missing, "label": _("资料不全的小区"), "href": f"{home}&show=missing", "note": ""},
        {"count": due, "label": _("该复核的小区"), "href": f"{home}&show=due", "note": ""},
        {"count": problems, "label": _("网格要理顺的"), "href": grids, "note": _("交叉和空白"), "over": problems > 0},
    ]  # fmt: skip
