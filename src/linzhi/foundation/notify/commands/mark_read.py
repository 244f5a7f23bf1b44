"""Messages read by their recipient."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.models import Message
from linzhi.kernel.refused import NotFound


class MarkRead(Input):
    """Which message."""

    message_id: int


class MarkAllRead(Input):
    """All of one's own."""


def _load(cmd: MarkRead) -> Message:
    message = Message.objects.select_for_update().filter(pk=cmd.message_id).first()
    if message is None:
        raise NotFound(_("没有这条消息。"))
    return message


@command("notify.mark_read", on=_load)
def mark_read(ctx: Context, cmd: MarkRead, message: Message) -> Message:
    """Mark one's own message as read; the first reading counts."""
    if message.read_at is None:
        message.read_at = ctx.at
        message.save(update_fields=["read_at"])
    return message


@command("notify.mark_all_read", on=lambda cmd: None)
def mark_all_read(ctx: Context, cmd: MarkAllRead, subject: None) -> None:
    """Mark all of one's own messages as read."""
    count = Message.objects.filter(account_id=ctx.actor.account_id, read_at__isnull=True).update(read_at=ctx.at)
    ctx.note(read=count)
