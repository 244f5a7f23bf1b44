"""All of one's own messages read at once."""

from __future__ import annotations

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.models import Message


class MarkAllRead(Input):
    """All of one's own."""


@command("notify.mark_all_read", on=lambda cmd: None)
def mark_all_read(ctx: Context, cmd: MarkAllRead, subject: None) -> None:
    """Mark all of one's own messages as read."""
    count = Message.objects.filter(account_id=ctx.actor.account_id, read_at__isnull=True).update(read_at=ctx.at)
    ctx.note(read=count)
