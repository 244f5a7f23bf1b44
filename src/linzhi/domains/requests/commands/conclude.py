"""如实结案: it couldn't be done, and why."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Conclude(OnRequest):
    """Which request, and the words."""


@command("requests.conclude", on=load)
def conclude(ctx: Context, cmd: Conclude, request: Request) -> Request:
    """Close honestly as not done, with the reason told to the reporter.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.conclude", cmd.words, given=cmd.given)
    return request
