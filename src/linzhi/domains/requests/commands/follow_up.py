"""回访: staff asked the reporter how it went."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class FollowUp(OnRequest):
    """Which request, and the words."""


@command("requests.follow_up", on=load)
def follow_up(ctx: Context, cmd: FollowUp, request: Request) -> Request:
    """Close after a follow-up call.

    Refused when the method doesn't ask for it at this step or nothing is noted.
    """
    perform(ctx, request.matter, "requests.follow_up", cmd.words, given=cmd.given)
    return request
