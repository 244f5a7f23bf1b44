"""不属超权限: the second person doesn't agree."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class RejectBeyondPower(OnRequest):
    """Which request, and the words."""


@command("requests.reject_beyond_power", on=load)
def reject_beyond_power(ctx: Context, cmd: RejectBeyondPower, request: Request) -> Request:
    """Send it back to the handler.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    perform(ctx, request.matter, "requests.reject_beyond_power", cmd.words, given=cmd.given)
    return request
