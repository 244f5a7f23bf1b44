"""A formation comes to nothing, honestly."""

from __future__ import annotations

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Formation
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class AbandonFormation(OnCourse):
    """`note` says why."""


def _load(cmd: AbandonFormation) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.abandon_formation", on=_load)
def abandon_formation(ctx: Context, cmd: AbandonFormation, formation: Formation) -> Formation:
    """End a formation before its approval. Refused without a reason, or once it is approved."""
    perform(ctx, formation.matter, "bodies.abandon_formation", cmd.words, given=cmd.given)
    formation.closed = ctx.at
    formation.save(update_fields=["closed"])
    return formation
