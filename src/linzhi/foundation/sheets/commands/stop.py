"""Stop an import between two chunks."""

from __future__ import annotations

from linzhi.foundation.commands import Context, command
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport

AFTER = {"previewing": "uploaded", "taking": "stopped", "undoing": "stopped"}


class Stop(loading.OnImport):
    """Nothing else."""


@command("sheets.stop", on=loading.load)
def stop(ctx: Context, cmd: Stop, one: SheetImport) -> SheetImport:
    """Stop what is under way; the chunk that is being written is finished first. What isn't under way stays as it is."""
    loading.must_keep(ctx.powers, one)
    if one.under_way:
        one.state, one.runner, one.heartbeat, one.ended_at = AFTER[one.state], "", None, ctx.at
        one.save(update_fields=["state", "runner", "heartbeat", "ended_at"])
    return one
