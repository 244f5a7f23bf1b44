"""An application goes back to the community."""

from __future__ import annotations

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Formation
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ReturnFormation(OnCourse):
    """`note` says what is missing."""


def _load(cmd: ReturnFormation) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.return_formation", on=_load)
def return_formation(ctx: Context, cmd: ReturnFormation, formation: Formation) -> Formation:
    """Send the application back. Refused without a reason, or at another step."""
    perform(ctx, formation.matter, "bodies.return_formation", cmd.words, given=cmd.given)
    return formation
