"""Somebody no longer lives in a dwelling."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.dwellings import must_follow
from linzhi.domains.people.models import Residence
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class MoveOut(Input):
    """`end` is the first day on which the person no longer lives there."""

    residence_id: int
    end: date | None = None


def _load(cmd: MoveOut) -> Residence:
    residence = Residence.objects.select_for_update().filter(pk=cmd.residence_id).first()
    if residence is None:
        raise NotFound(_("没有这条居住记录。"))
    return residence


@command("people.move_out", on=_load)
def move_out(ctx: Context, cmd: MoveOut, residence: Residence) -> Residence:
    """End a residence; the row stays. Refused when it has ended, or would end before it began."""
    if residence.end is not None:
        raise Refused("people.moved_out", _("这条居住记录已经结束了。"))
    end = cmd.end or day_of(ctx.at)
    must_follow(residence.begin, end)
    residence.end = end
    residence.save(update_fields=["end"])
    return residence
