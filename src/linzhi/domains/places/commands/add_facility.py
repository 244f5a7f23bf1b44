"""A facility that gets a QR code."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.models import Building, Estate, Facility
from linzhi.domains.places.rules import FACILITY_KINDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class AddFacility(Input):
    """`place` is the code of the estate or building in which it stands; its own code is given by the register."""

    place: str
    kind: str
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    begin: date | None = None


def _load(cmd: AddFacility) -> Territory:
    return place(cmd.place)


@command("places.add_facility", on=_load)
def add_facility(ctx: Context, cmd: AddFacility, where: Territory) -> Facility:
    """Register a facility and give it a code. Refused outside an estate, or with an unknown kind."""
    must_be(where, "estate", "building")
    if cmd.kind not in FACILITY_KINDS:
        raise Refused("places.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    begin = cmd.begin or day_of(ctx.at)
    must_exist_on(where, begin)
    estate = Estate.objects.select_for_update().get(path=estate_of(where.path))
    building = Building.objects.get(territory=where) if where.level == "building" else None
    number = Facility.objects.filter(estate=estate).count() + 1
    return Facility.objects.create(
        kind=cmd.kind, name=cmd.name, code=f"{estate.code}-F{number:03d}", estate=estate, building=building, path=where.path, begin=begin
    )
