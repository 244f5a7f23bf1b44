"""恢复按期删除: a legal hold ends."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.rights.models import Hold
from linzhi.kernel.refused import NotFound


class LiftHold(Input):
    """Which hold."""

    hold_id: int


def _load(cmd: LiftHold) -> Hold:
    hold = Hold.objects.select_for_update().filter(pk=cmd.hold_id).first()
    if hold is None:
        raise NotFound(_("没有这一条。"))
    return hold


@command("rights.lift_hold", on=_load)
def lift_hold(ctx: Context, cmd: LiftHold, hold: Hold) -> Hold:
    """End the hold; what is overdue goes with the next run of retention. Lifting twice changes nothing."""
    if hold.end is None:
        over = hold.until is not None and hold.until <= ctx.at
        hold.end, hold.ended_by = (hold.until, "") if over else (max(ctx.at, hold.begin), ctx.actor.key)
        hold.save(update_fields=["end", "ended_by"])
    return hold
