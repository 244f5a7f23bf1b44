"""恢复备份后重新删除: an erasure from the list is done again in a restored copy that doesn't know of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.rights.commands.forgetting import forget, subjects_of
from linzhi.foundation.rights.models import Erasure


class ReplayErasure(Input):
    """One line of the list of erasures."""

    key_of_line: uuid.UUID
    account_id: int
    subjects: tuple[str, ...]
    erased_at: datetime


@command("rights.replay_erasure", on=lambda cmd: None)
def replay_erasure(ctx: Context, cmd: ReplayErasure, subject: None) -> Erasure:
    """Forget again; a line that the database knows changes nothing. Refused to everyone but the job."""
    known = Erasure.objects.filter(key=cmd.key_of_line).first()
    if known is not None:
        return known
    # The older copy may tie other records to the account than there were at the end.
    subjects = dict.fromkeys([*cmd.subjects, *subjects_of(cmd.account_id)])
    return forget(cmd.key_of_line, cmd.account_id, list(subjects), cmd.erased_at, replayed_at=ctx.at)
