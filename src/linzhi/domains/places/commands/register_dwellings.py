"""The roll of a building's dwellings, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.models import Building, Dwelling
from linzhi.domains.places.rules import AREA_SOURCES, DWELLING_USES, dwelling_label
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class DwellingRow(Input):
    """One dwelling: `exclusive_area` in 1/100 m², given together with where it comes from, or not at all."""

    unit: Annotated[SafeText, Field(max_length=10)] = ""
    floor: Annotated[int, Field(ge=-9, le=150)] | None = None
    room: Annotated[SafeText, Field(min_length=1, max_length=20)]
    exclusive_area: Annotated[int, Field(gt=0, le=10_000_000)] | None = None
    area_source: str = ""
    use: str = "residential"


class RegisterDwellings(Input):
    """`building` is the building's code."""

    building: str
    rows: Annotated[tuple[DwellingRow, ...], Field(min_length=1, max_length=2000)]
    begin: date | None = None


def _load(cmd: RegisterDwellings) -> Territory:
    return place(cmd.building)


@command("places.register_dwellings", on=_load)
def register_dwellings(ctx: Context, cmd: RegisterDwellings, territory: Territory) -> Building:
    """Add dwellings to a building, all or none. Refused when a room is there already or twice in the rows, or an area has no source."""
    must_be(territory, "building")
    begin = cmd.begin or day_of(ctx.at)
    must_exist_on(territory, begin)
    building = Building.objects.select_for_update().get(territory=territory)
    _check(building, cmd.rows)
    Dwelling.objects.bulk_create(Dwelling(building=building, path=building.path, begin=begin, **row.model_dump()) for row in cmd.rows)
    ctx.note(count=len(cmd.rows))
    return building


def _check(building: Building, rows: Sequence[DwellingRow]) -> None:
    taken = set(building.dwellings.filter(end__isnull=True).values_list("unit", "room"))
    for number, row in enumerate(rows, start=1):
        label = dwelling_label(building.number, row.unit, row.room)
        if (row.unit, row.room) in taken:
            message = _("第 %(row)d 行：%(label)s已经登记过了。") % {"row": number, "label": label}
            raise Refused("places.room_taken", message, field="rows", row=number)
        if row.use not in DWELLING_USES:
            raise Refused("places.unknown_word", _("第 %(row)d 行：用途“%(use)s”不在可选的范围里。") % {"row": number, "use": row.use},
                          status=422, field="rows", row=number)  # fmt: skip
        if (row.exclusive_area is None) != (row.area_source == "") or (row.area_source and row.area_source not in AREA_SOURCES):
            raise Refused("places.area_source", _("第 %(row)d 行：专有面积要写明来源（登记、测绘或合同）。") % {"row": number},
                          status=422, field="rows", row=number)  # fmt: skip
        taken.add((row.unit, row.room))
