"""Bring rows after a moved place that were written while it moved."""

from __future__ import annotations

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory


class SettleMove(Input):
    """The place that moved, and where it was."""

    territory_id: int
    old_path: str


@command("places.settle_move", on=lambda cmd: Territory.objects.get(pk=cmd.territory_id))
def settle_move(ctx: Context, cmd: SettleMove, moved: Territory) -> None:
    """Carry what an act that was under way during the move left at the old path. Doing it again finds nothing. Only the job may."""
    ctx.note(rows=growth.carry(cmd.old_path, moved.path))
