"""One row of the past: the report and its official reply, each at its own time, through the same commands as everything else."""

from __future__ import annotations

from django.db import transaction

from linzhi.domains.requests.commands import ReplayReply, replay_reply, take_sheet
from linzhi.domains.requests.jobs.sheet_rows import SheetRow
from linzhi.kernel.actor import Actor


def replay_row(actor: Actor, row: SheetRow, request_id: int | None = None) -> bool:
    """Take a row in at its recorded time and give its reply at the reply's; says whether that brought anything new.

    Both or nothing is kept. `request_id` names the request when the report is here already and only its reply is missing.
    Without a reply the request stays at the first step. A row that somebody else has taken in just now is left as they made it.
    Refused as the commands say.
    """
    with transaction.atomic():
        if request_id is None:
            request = take_sheet(actor, row.cmd, at=row.raised_at)
            if request.taken_before:
                return False
            request_id = request.pk
        if row.reply and row.replied_at is not None:
            replay_reply(actor, ReplayReply(request_id=request_id, say=row.reply), at=row.replied_at)
    return True
