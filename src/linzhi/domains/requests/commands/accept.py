"""受理: the request is ours."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Accept(OnRequest):
    """Which request, and the words."""


@command("requests.accept", on=load)
def accept(ctx: Context, cmd: Accept, request: Request) -> Request:
    """Take the request in.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.accept", cmd.words, given=cmd.given)
    return request
