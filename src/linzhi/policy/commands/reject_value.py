"""Send a proposal back with a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import Refused
from linzhi.policy.commands import lawful
from linzhi.policy.models import EnteredValue


class RejectValue(Input):
    """Which proposal, and why not."""

    value_id: int
    reason: lawful.Reason


@command("policy.reject_value", on=lambda cmd: lawful.row_of(cmd.value_id))
def reject_value(ctx: Context, cmd: RejectValue, row: EnteredValue) -> EnteredValue:
    """Don't approve a proposal. Refused once it has its answer, and for one's own (take that back instead)."""
    who = lawful.person(ctx)
    if row.state != "proposed":
        raise Refused("policy.answered", _("这个提议已经有结果了，请看最新的情况。"))
    if row.proposed_by == who:
        raise Refused("policy.own_proposal", _("自己提的可以收回，不用退回。"), status=403)
    row.state, row.answered_by, row.answered_at, row.answer = "rejected", who, ctx.at, cmd.reason
    row.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    return row
