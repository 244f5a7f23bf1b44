"""不予受理: the request isn't ours, and where to go instead."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Decline(OnRequest):
    """Which request, and the words."""


@command("requests.decline", on=load)
def decline(ctx: Context, cmd: Decline, request: Request) -> Request:
    """Close honestly as not ours, telling the reporter where to go.

    Refused when the method doesn't ask for it at this step or nothing is said.
    """
    perform(ctx, request.matter, "requests.decline", cmd.words, given=cmd.given)
    return request
