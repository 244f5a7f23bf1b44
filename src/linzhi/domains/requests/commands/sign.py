"""签收: the body takes it on."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import current_dispatch
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Sign(OnRequest):
    """Which request."""


@command("requests.sign", on=load)
def sign(ctx: Context, cmd: Sign, request: Request) -> Request:
    """Take the dispatch on; the handling limit starts.

    Refused when the method doesn't ask for it at this step.
    """
    current_dispatch(request).update(signed_at=ctx.at)
    perform(ctx, request.matter, "requests.sign", cmd.words, given=cmd.given)
    return request
