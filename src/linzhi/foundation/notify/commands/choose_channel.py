"""Which channels somebody wants."""

from __future__ import annotations

from typing import Literal

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.models import ChannelChoice


class ChooseChannel(Input):
    """Turn text messages or e-mail off, or on again. The inbox always gets everything."""

    channel: Literal["sms", "email"]
    off: bool


@command("notify.choose_channel", on=lambda cmd: None)
def choose_channel(ctx: Context, cmd: ChooseChannel, subject: None) -> ChannelChoice:
    """Keep one's own choice; it counts for messages posted from now on."""
    assert ctx.actor.account_id is not None  # the action is for those signed in
    choice, _made = ChannelChoice.objects.update_or_create(account_id=ctx.actor.account_id, channel=cmd.channel, defaults={"off": cmd.off})
    return choice
