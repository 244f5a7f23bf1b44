"""Propose that a place's own value ends on a day, and what is above holds again."""

from __future__ import annotations

from datetime import date

from linzhi.foundation.commands import Context, Input, command
from linzhi.policy.commands import lawful
from linzhi.policy.commands.propose_value import keep
from linzhi.policy.models import EnteredValue


class EndValue(Input):
    """Which value, the first day on which it no longer holds, and why."""

    value_id: int
    begin: date
    reason: lawful.Reason


@command("policy.end_value", on=lambda cmd: lawful.row_of(cmd.value_id))
def end_value(ctx: Context, cmd: EndValue, target: EnteredValue) -> EnteredValue:
    """Propose the end of an approved value; it ends once somebody else has approved that.

    Refused: a day in the past or not after the value's first, a value that has ended by then, a second open proposal for the same key.
    """
    lawful.begins(ctx, cmd.begin)
    row = EnteredValue(
        path=target.path, level=target.level, key=target.key, kind="end", begin=cmd.begin, of=target, reason=cmd.reason,
        proposed_by=lawful.person(ctx), proposed_at=ctx.at, state="proposed",
    )  # fmt: skip
    lawful.still_ends(row)
    keep(row)
    return row
