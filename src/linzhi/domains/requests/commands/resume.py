"""恢复办理: the pause ends."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Resume(OnRequest):
    """Which request, and the words."""


@command("requests.resume", on=load)
def resume(ctx: Context, cmd: Resume, request: Request) -> Request:
    """End the pause; every limit is lengthened by what the pause took.

    Refused when the method doesn't ask for it at this step or it isn't paused.
    """
    perform(ctx, request.matter, "requests.resume", cmd.words, given=cmd.given)
    return request
