"""响应: somebody has seen it and says so."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Respond(OnRequest):
    """Which request, and the words."""


@command("requests.respond", on=load)
def respond(ctx: Context, cmd: Respond, request: Request) -> Request:
    """Answer the reporter that the request is in hand; stops the response clock.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.respond", cmd.words, given=cmd.given)
    return request
