"""Somebody has checked an estate's profile on the spot."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.events import ProfileVerified
from linzhi.domains.places.models import Estate, Verification
from linzhi.domains.places.queries import missing_fields
from linzhi.domains.places.rules import PROFILE_FIELDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class VerifyProfile(Input):
    """`estate` is the estate's code."""

    estate: str
    note: Annotated[SafeText, Field(max_length=200)] = ""


@command("places.verify_profile", on=lambda cmd: place(cmd.estate))
def verify_profile(ctx: Context, cmd: VerifyProfile, territory: Territory) -> Verification:
    """Write down that the profile is right today, and who says so (JS-01). Refused while a needed fact is missing."""
    must_be(territory, "estate")
    must_exist_on(territory, day_of(ctx.at))
    estate = Estate.objects.get(territory=territory)
    missing = missing_fields(estate, day_of(ctx.at))
    if missing:
        words = "、".join(str(PROFILE_FIELDS[name][0]) for name in missing)
        raise Refused("places.profile_incomplete", _("还缺：%(words)s。请先补上再复核。") % {"words": words}, status=422)
    ctx.emit(ProfileVerified(estate.pk, estate.path))
    return Verification.objects.create(estate=estate, path=estate.path, by=ctx.actor.key, at=ctx.at, note=cmd.note)
