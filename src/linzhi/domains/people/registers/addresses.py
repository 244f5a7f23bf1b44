"""The address columns of a sheet, and how 凤栖苑 3幢 2单元 502 becomes a dwelling of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Building, Dwelling, Estate
from linzhi.foundation.sheets.columns import Column
from linzhi.foundation.sheets.register import Fault, Row
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import estate_of, within
from linzhi.kernel.clock import now

ADDRESS = (
    Column("estate", gettext_lazy("小区"), note=gettext_lazy("在一个小区里导入时可以不填"), example="凤栖苑", key=True,
           aliases=("小区名称", "所在小区")),
    Column("building", gettext_lazy("楼栋"), required=True, key=True, example="3幢", longest=20, aliases=("楼号", "栋", "幢", "楼幢", "幢号")),
    Column("unit", gettext_lazy("单元"), key=True, example="2", longest=10, aliases=("单元号",)),
    Column("room", gettext_lazy("室号"), required=True, key=True, example="502", longest=20, aliases=("房号", "室", "门牌", "门牌号", "房间号")),
)  # fmt: skip
_WORDS = re.compile(r"(?:号楼|栋|幢|座|号|楼|单元|室|房)$")


def bare(text: Any) -> str:
    """A number without the word behind it: 3幢, 3栋 and 3号楼 are 3."""
    return _WORDS.sub("", str(text or "").strip()).lstrip("0") or str(text or "").strip()


def address_of(dwelling: Dwelling, estate: Estate, building: Building) -> dict[str, Any]:
    """The address columns of a dwelling."""
    return {"estate": estate.name, "building": building.number, "unit": dwelling.unit, "room": dwelling.room}


def dwellings_at(where: Territory, rows: Sequence[Row]) -> list[int | Fault]:
    """The id of the dwelling of each row, or why there is none. Four statements, whatever the number of rows."""
    estates = _estates(where, {row.get("estate") or "" for row in rows})
    buildings = _buildings({one.pk for found in estates.values() for one in found}, where)
    meant = [_building(row, where, estates, buildings) for row in rows]
    rooms: dict[tuple[int, str, str], int] = {}
    wanted = {one.pk for one in meant if isinstance(one, Building)}
    for pk, building, unit, room in Dwelling.objects.filter(building_id__in=wanted, end__isnull=True).values_list(
        "pk", "building_id", "unit", "room"
    ):
        rooms[building, bare(unit), bare(room)] = pk
    return [one if isinstance(one, Fault) else _dwelling(row, one, rooms) for row, one in zip(rows, meant, strict=True)]


def _estates(where: Territory, names: Iterable[str]) -> dict[str, list[Estate]]:
    on = places.in_force(now().date())
    own = list(Estate.objects.filter(on, path=estate_of(where.path))) if estate_of(where.path) else []
    found: dict[str, list[Estate]] = {"": own}
    named = Estate.objects.filter(on, name__in=set(names) - {""})
    inside = named.filter(path=estate_of(where.path)) if estate_of(where.path) else named.filter(within("path", where.path))
    for estate in inside:
        found.setdefault(estate.name, []).append(estate)
    return found


def _buildings(estates: Iterable[int], where: Territory) -> dict[tuple[int, str], list[Building]]:
    found: dict[tuple[int, str], list[Building]] = {}
    rows = Building.objects.filter(estate_id__in=set(estates), end__isnull=True)
    if where.level == "building":
        rows = rows.filter(path=where.path)
    for building in rows:
        found.setdefault((building.estate_id, bare(building.number)), []).append(building)
    return found


def _building(
    row: Row, where: Territory, estates: dict[str, list[Estate]], buildings: dict[tuple[int, str], list[Building]]
) -> Building | Fault:
    name = row.get("estate") or ""
    found = estates.get(name, [])
    if not found:
        if not name:
            return Fault("estate", _("没有写小区。"), _("“%(place)s”里不止一个小区，请写上小区名称。") % {"place": where.name})
        return Fault("estate", _("“%(place)s”里没有这个小区。") % {"place": where.name}, _("请核对名称，或先登记小区。"))
    if len(found) > 1:
        return Fault("estate", _("有 %(n)d 个小区叫这个名字。") % {"n": len(found)}, _("请分社区导入。"))
    options = buildings.get((found[0].pk, bare(row.get("building"))), [])
    exact = [one for one in options if one.number == row.get("building")]
    chosen = exact or options
    if len(chosen) != 1:
        return Fault(
            "building", _("这个小区没有这栋楼。") if not chosen else _("有几栋楼都像这个写法。"), _("请按楼牌上的写法填写，如“3幢”。")
        )
    return chosen[0]


def _dwelling(row: Row, building: Building, rooms: dict[tuple[int, str, str], int]) -> int | Fault:
    found = rooms.get((building.pk, bare(row.get("unit")), bare(row.get("room"))))
    return found if found is not None else Fault("room", _("这栋楼里没有这套房屋。"), _("请核对单元和室号，或先在房屋台账里登记。"))
