"""Correct or complete what the register says of an estate."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.facts import change
from linzhi.domains.places.commands.profile import fill
from linzhi.domains.places.commands.register_estate import Latitude, Longitude, Year, check_words
from linzhi.domains.places.models import Estate
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class ReviseEstate(Input):
    """Only the fields that are given change; None leaves a field as it is."""

    estate_id: int
    kind: str | None = None
    built_year: Year | None = None
    address: Annotated[SafeText, Field(max_length=200)] | None = None
    households: Annotated[int, Field(ge=0)] | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    self_government: str | None = None
    property_arrangement: str | None = None
    begin: date | None = None


def _load(cmd: ReviseEstate) -> Estate:
    estate = Estate.objects.select_for_update().filter(pk=cmd.estate_id).first()
    if estate is None:
        raise NotFound(_("没有这个小区。"))
    return estate


@command("places.revise_estate", on=_load)
def revise_estate(ctx: Context, cmd: ReviseEstate, estate: Estate) -> Estate:
    """Change facts of an estate; what they were goes to the audit entry. Refused when nothing changes or a word is unknown."""
    kind = cmd.kind if cmd.kind != estate.kind else None
    check_words(estate.path, day_of(ctx.at), kind, cmd.self_government, cmd.property_arrangement)
    given = cmd.model_dump(exclude={"estate_id", "begin"}, exclude_none=True)
    changed = {field: value for field, value in given.items() if getattr(estate, field) != value}
    if not changed:
        raise Refused("places.nothing_changed", _("没有改动。"))
    trace = change("estate", [(estate, changed)], cmd.begin or day_of(ctx.at))[0]
    ctx.note(before=trace["before"])
    fill([estate], {estate.pk: given}, ctx.actor.key, cmd.begin or day_of(ctx.at))
    return estate
