"""A message read by its recipient."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.models import Message
from linzhi.kernel.refused import NotFound


class MarkRead(Input):
    """Which message."""

    message_id: int


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
