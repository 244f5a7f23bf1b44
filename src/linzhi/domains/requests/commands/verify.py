"""核查通过: somebody looked and it is done."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Verify(OnRequest):
    """Which request, and the words."""


@command("requests.verify", on=load)
def verify(ctx: Context, cmd: Verify, request: Request) -> Request:
    """Pass the result on to the reporter for the last word.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.verify", cmd.words, given=cmd.given)
    return request
