"""退回社区: the street finds that the estate can do it."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class SendBack(OnRequest):
    """Which request, and the words."""


@command("requests.send_back", on=load)
def send_back(ctx: Context, cmd: SendBack, request: Request) -> Request:
    """Hand the request back to the community with a reason.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.send_back", cmd.words, given=cmd.given)
    return request
