"""Rows of the register of dwellings held against what is kept: for the bulk command and for the preview of a sheet alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import Compared, check_begin, given_changes, mark_doubles
from linzhi.domains.places.models import Building, Dwelling, Occupancy
from linzhi.domains.places.queries import in_force
from linzhi.domains.places.rules import AREA_SOURCES, DWELLING_KINDS, DWELLING_USES, OCCUPANCIES, USUAL_USE
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.statements.many import fresh
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within

FACTS = ("kind", "floor", "exclusive_area", "area_source", "use")


class DwellingRow(Input):
    """One dwelling, shop or parking space, found again by its building's code, unit and room; None leaves a fact as it is.

    `exclusive_area` is in 1/100 m² and is given together with where it comes from. `begin` is the day since when a
    new one is there; None for the day from which the call holds.
    """

    building: Annotated[str, Field(max_length=32)] = ""
    unit: Annotated[SafeText, Field(max_length=10)] = ""
    floor: Annotated[int, Field(ge=-9, le=150)] | None = None
    room: Annotated[SafeText, Field(max_length=20)]
    kind: str | None = None
    exclusive_area: Annotated[int, Field(gt=0, le=10_000_000)] | None = None
    area_source: str | None = None
    use: str | None = None
    occupancy: str | None = None
    begin: date | None = None


def compare_dwellings(top: Territory, rows: Sequence[DwellingRow], day: date) -> list[Compared]:
    """Each row with the dwelling it means, what it would change and what is wrong; four statements however many rows."""
    buildings = {
        row.code: row for row in Building.objects.filter(in_force(day), within("path", top.path), code__in={r.building for r in rows})
    }
    if top.level == "building":
        buildings |= dict.fromkeys([""], Building.objects.get(territory=top))
    found = Dwelling.objects.filter(building__in=list(buildings.values()), end=None, room__in={row.room for row in rows})
    kept = {(row.building_id, row.unit, row.room): row for row in found}
    asked = any(row.occupancy is not None for row in rows) and kept
    states = {row.dwelling_id: row for row in Occupancy.objects.filter(dwelling__in=list(found), end=None)} if asked else {}
    ids: dict[str, Any] = {code: building.pk for code, building in buildings.items()}
    keys = [(ids.get(row.building, row.building), row.unit, row.room) for row in rows]
    compared = []
    for number, (row, key) in enumerate(zip(rows, keys, strict=True), 1):
        line = Compared(number, row, kept=kept.get(key), parent=buildings.get(row.building))
        if line.parent is None:
            line.wrong(
                "building",
                _("没有编码为 %(code)s 的楼栋，或者它不在这次导入的范围里。") % {"code": row.building or "—"},
                _("请核对楼栋编码。"),
            )
        known = None
        if line.kept is not None:
            line.changes = given_changes(row, line.kept, FACTS)
            known = states.get(line.kept.pk)
        if row.occupancy is not None and row.occupancy != (known.state if known else "unknown"):
            line.more["occupancy"] = known
        _check(line, row, known, day)
        if row.begin is not None:
            check_begin(line, line.kept and line.kept.begin, line.parent and line.parent.begin)
        compared.append(line)
    mark_doubles(compared, keys, "room", _("和第 %(n)d 行是同一间。"))
    return compared


def _check(line: Compared, row: DwellingRow, known: Occupancy | None, day: date) -> None:
    if not row.room:
        line.wrong("room", _("缺少房号。"))
    for name, word, known_words in (
        ("kind", row.kind, DWELLING_KINDS), ("use", row.use, DWELLING_USES), ("area_source", row.area_source, AREA_SOURCES),
        ("occupancy", row.occupancy, OCCUPANCIES),
    ):  # fmt: skip
        if word is not None and word not in known_words:
            words = "、".join(str(title) for title in known_words.values())
            line.wrong(name, _("“%(word)s”不在可选的范围里。") % {"word": word}, _("可以选：%(words)s。") % {"words": words})
    if row.exclusive_area is not None and row.area_source is None and not (line.kept is not None and line.kept.area_source):
        line.wrong("area_source", _("专有面积要写明来源。"), _("可以选：不动产登记、测绘、购房合同。"))
    if row.area_source is not None and row.exclusive_area is None and not (line.kept is not None and line.kept.exclusive_area):
        line.wrong("exclusive_area", _("写了面积来源，没有写面积。"), _("请补上面积，或者去掉来源。"))
    if known is not None and "occupancy" in line.more and known.begin > day:
        line.wrong("occupancy", _("居住情况在 %(day)s 改过，生效日期不能比它早。") % {"day": known.begin})


def new_dwelling(line: Compared, day: date) -> Dwelling:
    """The row that a new dwelling becomes."""
    row = line.given
    kind = row.kind or "home"
    return fresh(
        Dwelling, building_id=line.parent.id, path=line.parent.path, kind=kind, unit=row.unit, floor=row.floor, room=row.room,
        exclusive_area=row.exclusive_area, area_source=row.area_source or "", use=row.use or USUAL_USE[kind],
        since=None, begin=row.begin or day, end=None,
    )  # fmt: skip
