"""Take a proposal back, or an approved value before its first day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.commands import lawful
from linzhi.policy.models import EnteredValue


class WithdrawValue(Input):
    """Which proposal, and why."""

    value_id: int
    reason: lawful.Reason


@command("policy.withdraw_value", on=lambda cmd: lawful.row_of(cmd.value_id))
def withdraw_value(ctx: Context, cmd: WithdrawValue, row: EnteredValue) -> EnteredValue:
    """Take it back; what it would have taken over from goes on. Refused from its first day on: then it is ended instead."""
    if row.state not in ("proposed", "approved"):
        raise Refused("policy.answered", _("这个提议已经有结果了，请看最新的情况。"))
    if row.state == "approved" and row.begin <= day_of(ctx.at):
        raise Refused("policy.in_force", _("已经生效的不能收回。请提出从哪天起停用，或者提出新的值。"))
    if row.state == "approved" and row.stopped_by_id is not None:
        raise Refused("policy.taken_over", _("后面已经有另一个值接着它，请先收回后面的。"))
    row.state, row.answered_by, row.answered_at, row.answer = "withdrawn", lawful.person(ctx), ctx.at, cmd.reason
    row.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    for earlier in EnteredValue.objects.select_for_update().filter(stopped_by=row):
        earlier.stopped, earlier.stopped_by = None, None
        earlier.save(update_fields=["stopped", "stopped_by"])
    return row
