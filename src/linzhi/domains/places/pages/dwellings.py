"""The roll of dwellings, shops and parking spaces: found by building, unit and what people call it; a page at a time however long it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.places import queries
from linzhi.domains.places.models import Building
from linzhi.domains.places.pages.frame import Asked, asked_of, base
from linzhi.domains.places.queries.rolls import Position, Wanted, dwellings, units_of
from linzhi.domains.places.rules import AREA_SOURCES, DWELLING_KINDS, DWELLING_USES, OCCUPANCIES
from linzhi.foundation.territory.paths import ESTATE_LENGTH
from linzhi.web.api import cursor_of, position_of
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50


def view(request: HttpRequest) -> HttpResponse:
    """A page of the roll; what follows is found from the last row, so nothing is counted. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    values = {name: request.GET.get(name, "").strip()[:40] for name in ("kind", "unit", "occupancy", "q", "building")}
    building = _building(asked, values["building"])
    wanted = Wanted(
        building.path if building else asked.place.path,
        values["kind"] if values["kind"] in DWELLING_KINDS else "", values["unit"] if building else "",
        values["occupancy"] if values["occupancy"] in OCCUPANCIES else "", values["q"], asked.on,
    )  # fmt: skip
    roll = dwellings(asked.powers, wanted, _after(request), PAGE)
    on_estate = len(asked.place.path) >= ESTATE_LENGTH
    context = base(request, asked, "dwellings") | {
        "rows": roll.rows,
        "labels": {row.pk: queries.label_of(row) for row in roll.rows},
        "occupancy": roll.occupancy,
        "next": query(request.GET, after=cursor_of(*roll.next)) if roll.next else "",
        "begin": query(request.GET, after=None) if request.GET.get("after") else "",
        "values": values,
        "building": building,
        "buildings": _buildings(asked) if on_estate else [],
        "units": [(row.number, _("%(n)s单元") % {"n": row.number}) for row in units_of(building.pk, asked.on)] if building else [],
        "kinds": [("", _("全部类别")), *DWELLING_KINDS.items()],
        "states": [("", _("全部居住情况")), *OCCUPANCIES.items()],
        "words": {"kind": DWELLING_KINDS, "use": DWELLING_USES, "source": AREA_SOURCES, "state": OCCUPANCIES},
        "narrowed": any(values.values()),
        "several": not on_estate,
        "may_add": building is not None and asked.may("places.record_dwellings", building),
        "may_edit": asked.may("places.record_dwellings"),
    }
    return page(request, "places/dwellings.html", context, nav="places")


def _building(asked: Asked, code: str) -> Building | None:
    found = Building.objects.filter(code=code, path__startswith=asked.place.path).first() if code else None
    return found or (Building.objects.filter(territory=asked.place).first() if asked.place.level == "building" else None)


def _buildings(asked: Asked) -> list[tuple[str, str]]:
    estate = queries.estate_at(asked.place.path)
    rows = queries.buildings(estate, asked.on) if estate else []
    return [("", _("全部楼栋")), *((row.code, row.number) for row in rows)]


def _after(request: HttpRequest) -> Position | None:
    given: Any = request.GET.get("after", "")[:400]
    return tuple(position_of(given, str, int, str, int, int, str, int)) if given else None
