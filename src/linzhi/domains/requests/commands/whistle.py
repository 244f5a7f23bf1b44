"""吹哨: the community calls the street, which has the power to dispatch departments."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Whistle(OnRequest):
    """Which request, and the words."""


@command("requests.whistle", on=load)
def whistle(ctx: Context, cmd: Whistle, request: Request) -> Request:
    """Hand the request up to the street with a reason.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.whistle", cmd.words, given=cmd.given)
    return request
