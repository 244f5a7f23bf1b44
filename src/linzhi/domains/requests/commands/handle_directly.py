"""自办直结: done on the spot by those who took it in."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import first_reply
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class HandleDirectly(OnRequest):
    """Which request, and the words."""


@command("requests.handle_directly", on=load)
def handle_directly(ctx: Context, cmd: HandleDirectly, request: Request) -> Request:
    """Record that it was done on the spot; goes on to verification.

    Refused when the method doesn't ask for it at this step or nothing is said.
    """
    first_reply(request, ctx.at)
    perform(ctx, request.matter, "requests.handle_directly", cmd.words, given=cmd.given)
    return request
