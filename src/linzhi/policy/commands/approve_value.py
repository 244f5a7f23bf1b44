"""Approve what somebody else has proposed: it holds from its first day on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import Refused
from linzhi.policy.commands import lawful
from linzhi.policy.events import ValueApproved
from linzhi.policy.models import EnteredValue
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import find


class ApproveValue(Input):
    """Which proposal."""

    value_id: int


@command("policy.approve_value", on=lambda cmd: lawful.row_of(cmd.value_id))
def approve_value(ctx: Context, cmd: ApproveValue, row: EnteredValue) -> EnteredValue:
    """Approve a proposal; the place's own value that held until then stops on its first day. Once is enough: again changes nothing.

    Refused: one's own proposal, one that has its answer, one whose first day has passed, and one that what is above now forbids.
    """
    who = lawful.person(ctx)
    if row.state == "approved" and row.approved_by == who:
        return row
    if row.state != "proposed":
        raise Refused("policy.answered", _("这个提议已经有结果了，请看最新的情况。"))
    if row.proposed_by == who:
        raise Refused("policy.own_proposal", _("自己提的要由另一个人来批准。"), status=403)
    lawful.begins(ctx, row.begin)
    parameter = lawful.parameter_of(row.key)
    before = find(row.key, on=row.begin, pack=pack_for(row.path))
    row.before = before.plain() | {"chain": []} if before else None
    if row.kind == "set":
        lawful.of_the_estate(row.path, row.level, row.key, row.begin)
        lawful.stands(row, parameter)
        lawful.alone(row)
        taken_over = lawful.current(row)
    else:
        taken_over = lawful.still_ends(row)
    if taken_over is not None:
        taken_over.stopped, taken_over.stopped_by = row.begin, row
        taken_over.save(update_fields=["stopped", "stopped_by"])
    row.state, row.approved_by, row.approved_at = "approved", who, ctx.at
    row.save(update_fields=["state", "approved_by", "approved_at", "before"])
    ctx.note(key=row.key, value=row.value, begin=row.begin.isoformat())
    ctx.emit(ValueApproved(entered_id=row.pk, path=row.path, key=row.key, begin=row.begin))
    return row
