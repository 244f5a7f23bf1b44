"""The filing is handed in."""

from __future__ import annotations

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Filing
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class SubmitFiling(OnCourse):
    """`note` names what is handed in."""


def _load(cmd: SubmitFiling) -> Filing:
    return locked(Filing, cmd.id)


@command("bodies.submit_filing", on=_load)
def submit_filing(ctx: Context, cmd: SubmitFiling, filing: Filing) -> Filing:
    """Hand the filing in. Refused at another step."""
    perform(ctx, filing.matter, "bodies.submit_filing", cmd.words, given=cmd.given)
    return filing
