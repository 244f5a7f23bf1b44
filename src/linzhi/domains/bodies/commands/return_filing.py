"""A filing goes back."""

from __future__ import annotations

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Filing
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ReturnFiling(OnCourse):
    """`note` says what is missing."""


def _load(cmd: ReturnFiling) -> Filing:
    return locked(Filing, cmd.id)


@command("bodies.return_filing", on=_load)
def return_filing(ctx: Context, cmd: ReturnFiling, filing: Filing) -> Filing:
    """Send the filing back. Refused without a reason, or at another step."""
    perform(ctx, filing.matter, "bodies.return_filing", cmd.words, given=cmd.given)
    return filing
