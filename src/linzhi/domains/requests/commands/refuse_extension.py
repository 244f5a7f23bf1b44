"""不同意延期: the limit stays."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class RefuseExtension(OnRequest):
    """Which request, and the words."""


@command("requests.refuse_extension", on=load)
def refuse_extension(ctx: Context, cmd: RefuseExtension, request: Request) -> Request:
    """Turn down the request for more time.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    perform(ctx, request.matter, "requests.refuse_extension", cmd.words, given=cmd.given)
    return request
