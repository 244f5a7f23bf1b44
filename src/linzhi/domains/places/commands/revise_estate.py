"""Correct or complete what the register says of an estate."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.register_estate import Latitude, Longitude, Year, check_words
from linzhi.domains.places.models import Estate
from linzhi.foundation.commands import Context, Input, SafeText, command
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


def _load(cmd: ReviseEstate) -> Estate:
    estate = Estate.objects.select_for_update().filter(pk=cmd.estate_id).first()
    if estate is None:
        raise NotFound(_("没有这个小区。"))
    return estate


@command("places.revise_estate", on=_load)
def revise_estate(ctx: Context, cmd: ReviseEstate, estate: Estate) -> Estate:
    """Change facts of an estate; what they were goes to the audit entry. Refused when nothing changes or a word is unknown."""
    check_words(cmd.kind, cmd.self_government, cmd.property_arrangement)
    given = cmd.model_dump(exclude={"estate_id"}, exclude_none=True)
    changed = {field: value for field, value in given.items() if getattr(estate, field) != value}
    if not changed:
        raise Refused("places.nothing_changed", _("没有改动。"))
    ctx.note(before={field: str(getattr(estate, field)) for field in changed})
    for field, value in changed.items():
        setattr(estate, field, value)
    estate.save(update_fields=list(changed))
    return estate
