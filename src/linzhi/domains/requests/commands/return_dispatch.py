"""退单: the body says it isn't theirs."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import current_dispatch
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ReturnDispatch(OnRequest):
    """Why it goes back (in `note`)."""


@command("requests.return_dispatch", on=load)
def return_dispatch(ctx: Context, cmd: ReturnDispatch, request: Request) -> Request:
    """Send the dispatch back with a reason; after the allowed number of returns the superior decides.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    current_dispatch(request).update(returned_at=ctx.at, ended_at=ctx.at, return_reason=cmd.note[:500])
    perform(ctx, request.matter, "requests.return_dispatch", cmd.words, given=cmd.given)
    return request
