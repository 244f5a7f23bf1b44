"""The filing is received and has its number."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Filing
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, SafeText, command
from linzhi.kernel.clock import day_of


class ReceiveFiling(OnCourse):
    """`receipt` is the number of the receipt."""

    receipt: Annotated[SafeText, Field(min_length=2, max_length=60)]


def _load(cmd: ReceiveFiling) -> Filing:
    return locked(Filing, cmd.id)


@command("bodies.receive_filing", on=_load)
def receive_filing(ctx: Context, cmd: ReceiveFiling, filing: Filing) -> Filing:
    """Keep the receipt and close the filing. Refused before it was handed in, and for whoever handed it in where the method asks so."""
    perform(ctx, filing.matter, "bodies.receive_filing", cmd.words, given=cmd.given)
    filing.receipt, filing.filed, filing.closed = cmd.receipt, day_of(ctx.at), ctx.at
    filing.save(update_fields=["receipt", "filed", "closed"])
    return filing
