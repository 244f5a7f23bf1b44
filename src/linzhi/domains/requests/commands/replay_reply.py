"""补记当时的答复: the official reply of a matter from before this installation, at the time it was given."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import first_reply
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, Private, SafeText, command
from linzhi.kernel.refused import Refused


class ReplayReply(OnRequest):
    """The reply as it was given; old replies are longer than what a handler types today."""

    say: Annotated[SafeText, Private] = Field(min_length=1, max_length=20_000)


@command("requests.replay_reply", on=load)
def replay_reply(ctx: Context, cmd: ReplayReply, request: Request) -> Request:
    """Record an old reply as the feedback at `ctx.at`; the matter then waits for the reporter's word.

    No steps between and no satisfaction are made up: nothing is known of them. Refused when there is a reply already, for a
    time before the report, and once somebody here has begun to work on it.
    """
    if request.replied_at is not None:
        raise Refused("requests.replied_already", _("这件诉求已经有答复了。"))
    if ctx.at < request.reported_at:
        raise Refused("requests.reply_before_report", _("答复时间早于诉求时间。"), status=422, field="replied_at")
    first_reply(request, ctx.at)
    perform(ctx, request.matter, "requests.replay_reply", cmd.words, given=cmd.given)
    return request
