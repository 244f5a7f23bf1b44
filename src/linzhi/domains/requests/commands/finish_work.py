"""处置完毕: the work is done, the answer to the reporter is still to come."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class FinishWork(OnRequest):
    """Which request, and the words."""


@command("requests.finish_work", on=load)
def finish_work(ctx: Context, cmd: FinishWork, request: Request) -> Request:
    """Record that the work is done.

    Refused when the method doesn't ask for it at this step, parts are still open, or nothing is noted.
    """
    perform(ctx, request.matter, "requests.finish_work", cmd.words, given=cmd.given)
    return request
