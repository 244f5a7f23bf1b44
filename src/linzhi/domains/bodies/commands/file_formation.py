"""The approved organisation is filed with the level above; the chain is ticked off. LD-02, LD-21."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Formation
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, SafeText, command


class FileFormation(OnCourse):
    """`filing_number` is the receipt's."""

    filing_number: Annotated[SafeText, Field(min_length=2, max_length=60)]


def _load(cmd: FileFormation) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.file_formation", on=_load)
def file_formation(ctx: Context, cmd: FileFormation, formation: Formation) -> Formation:
    """Keep the receipt and close the formation. Refused before the approval."""
    perform(ctx, formation.matter, "bodies.file_formation", cmd.words, given=cmd.given)
    formation.filing_number, formation.closed = cmd.filing_number, ctx.at
    formation.save(update_fields=["filing_number", "closed"])
    return formation
