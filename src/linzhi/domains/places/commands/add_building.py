"""A new building in an estate."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.commands.register_estate import next_code
from linzhi.domains.places.models import Building, Estate
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class AddBuilding(Input):
    """`estate` is the estate's code; `number` as written on the wall, such as 3幢."""

    estate: str
    number: Annotated[SafeText, Field(min_length=1, max_length=20)]
    units: Annotated[int, Field(ge=0, le=40)] = 1
    floors: Annotated[int, Field(ge=1, le=150)] = 1
    begin: date | None = None


def _load(cmd: AddBuilding) -> Territory:
    return place(cmd.estate)


@command("places.add_building", on=_load)
def add_building(ctx: Context, cmd: AddBuilding, territory: Territory) -> Building:
    """Put a building into an estate. Refused outside an estate in force, or when the number is taken there."""
    must_be(territory, "estate")
    begin = cmd.begin or day_of(ctx.at)
    must_exist_on(territory, begin)
    estate = Estate.objects.get(territory=territory)
    if Building.objects.filter(estate=estate, number=cmd.number).exists():
        raise Refused(
            "places.number_taken", _("%(estate)s已经有%(number)s了。") % {"estate": estate.name, "number": cmd.number}, field="number"
        )
    code = next_code(territory, 2, "-")
    node = growth.add(territory, level="building", code=code, name=cmd.number, begin=begin)
    return Building.objects.create(
        territory=node, path=node.path, code=code, estate=estate, number=cmd.number, units=cmd.units, floors=cmd.floors, begin=begin
    )
