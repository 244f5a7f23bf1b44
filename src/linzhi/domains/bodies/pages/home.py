"""组织和岗位: the bodies of a place by line, who holds their posts, what is vacant or runs out, and whose posts cross."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import metrics, queries
from linzhi.domains.bodies.models import Body, Holding
from linzhi.domains.bodies.pages.frame import LINES, Asked, asked_of, base, pager
from linzhi.domains.bodies.rules import BODY_KINDS, CROSSING_TITLES
from linzhi.domains.places.queries import in_force, place_labels
from linzhi.foundation.territory.history import inside
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50
MOST_CROSSINGS = 60
SHOW = ("", "vacant", "ending", "crossing")
LINE_OF = {kind: line for line, (_title, kinds) in LINES.items() for kind in kinds}


def view(request: HttpRequest) -> HttpResponse:
    """The bodies inside a place as of a day, a page of them, with the figures of all. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    values = {name: request.GET.get(name, "").strip()[:40] for name in ("line", "kind", "show", "q")}
    values |= {"show": values["show"] if values["show"] in SHOW else "", "line": values["line"] if values["line"] in LINES else ""}
    vacant = queries.vacancies(asked.place.path, asked.at)
    ending: dict[int, list[queries.RunsOut]] = {}
    for one in [] if asked.past else queries.running_out(asked.powers, asked.place.path):
        ending.setdefault(one.body_id, []).append(one)
    crossings = metrics.crossings(asked.place.path, asked.on)
    every = Body.objects.filter(asked.powers.visible("bodies.view_body"), in_force(asked.on), inside("path", asked.place.path, asked.on))
    found = list(_wanted(every, values, vacant, ending).order_by("path", "pk").values_list("pk", "kind"))
    order = sorted(found, key=lambda row: list(LINES).index(LINE_OF[row[1]]))
    first, pages = pager(request, len(order), PAGE)
    ids = [pk for pk, _kind in order[first : first + PAGE]]
    rows = Body.objects.in_bulk(ids)
    shown = [rows[pk] for pk in ids]
    context = base(request, asked, "home") | pages | {
        "lines": _lines(shown),
        "seats": queries.seats(ids, asked.at),
        "vacant": vacant,
        "ending": ending,
        "labels": place_labels({row.path for row in shown}),
        "kinds": {code: kind.title for code, kind in BODY_KINDS.items()},
        "kind_options": [("", _("全部类型")), *((code, kind.title) for code, kind in BODY_KINDS.items())],
        "line_options": [("", _("全部条线")), *((code, title) for code, (title, _kinds) in LINES.items())],
        "show_options": [("", _("全部")), ("vacant", _("有空缺的")), ("ending", _("快到期的")), ("crossing", _("交叉任职"))],
        "values": values,
        "today": asked.on,
        "tally": _tally(asked, every.count(), vacant, ending, crossings),
        "crossings": crossings[:MOST_CROSSINGS] if values["show"] == "crossing" else [],
        "more_crossings": max(len(crossings) - MOST_CROSSINGS, 0),
        "estates": place_labels({one.estate for one in crossings[:MOST_CROSSINGS]}) if values["show"] == "crossing" else {},
        "sides": CROSSING_TITLES,
        "may_add": may_found(asked),
    }  # fmt: skip
    return page(request, "bodies/home.html", context, nav="bodies")


def may_found(asked: Asked) -> bool:
    """Whether the asker may register some kind of body here."""
    return any(asked.may("bodies.found_body", Body(kind=kind, path=asked.place.path)) for kind in BODY_KINDS)


def _wanted(rows: Any, values: dict[str, str], vacant: dict[int, int], ending: dict[int, list[queries.RunsOut]]) -> Any:
    if values["line"]:
        rows = rows.filter(kind__in=LINES[values["line"]][1])
    if values["kind"] in BODY_KINDS:
        rows = rows.filter(kind=values["kind"])
    if values["show"] in ("vacant", "ending"):
        rows = rows.filter(pk__in=vacant if values["show"] == "vacant" else ending)
    if values["q"]:
        held = Holding.objects.filter(end__isnull=True, name__contains=values["q"]).values("post__body_id")
        rows = rows.filter(Q(name__contains=values["q"]) | Q(pk__in=held))
    return rows


def _lines(rows: list[Body]) -> list[tuple[str, Any, list[Body]]]:
    """The rows by line, in the order of the lines; lines without any are left out."""
    found: dict[str, list[Body]] = {}
    for row in rows:
        found.setdefault(LINE_OF[row.kind], []).append(row)
    return [(code, LINES[code][0], found[code]) for code in LINES if code in found]


def _tally(asked: Asked, bodies: int, vacant: dict[int, int], ending: Any, crossings: list[metrics.Crossing]) -> list[dict[str, object]]:
    here = reverse("bodies:home") + query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    soon = [one for rows in ending.values() for one in rows]
    over = sum(one.over(asked.on) for one in soon)
    unsure = sum(not one.sure for one in crossings)
    both = sum(one.both_heads for one in crossings)
    return [
        {"count": bodies, "label": _("组织"), "href": here, "note": ""},
        {"count": sum(vacant.values()), "label": _("岗位空缺"), "href": f"{here}&show=vacant", "note": ""},
        {"count": len(soon), "label": _("任期快到或已到"), "href": f"{here}&show=ending", "over": over > 0,
         "note": _("已经到期 %(n)d") % {"n": over} if over else ""},
        {"count": len(crossings), "label": _("交叉任职"), "href": f"{here}&show=crossing",
         "note": _("一肩挑 %(both)d，待核实 %(unsure)d") % {"both": both, "unsure": unsure}},
    ]  # fmt: skip
