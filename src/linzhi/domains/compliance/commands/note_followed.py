"""Up to which seal of the audit log the changes have been evaluated."""

from __future__ import annotations

from linzhi.domains.compliance.models import Followed
from linzhi.foundation.commands import Context, Input, command


class NoteFollowed(Input):
    """The number of the last seal whose entries have been followed."""

    seal: int


def _load(cmd: NoteFollowed) -> None:
    return None


@command("compliance.note_followed", on=_load)
def note_followed(ctx: Context, cmd: NoteFollowed, nothing: None) -> int:
    """Keep the number; a lower one than before changes nothing."""
    row, _made = Followed.objects.select_for_update().get_or_create(pk=1, defaults={"seal": cmd.seal})
    if row.seal < cmd.seal:
        row.seal = cmd.seal
        row.save(update_fields=["seal"])
    return row.seal
