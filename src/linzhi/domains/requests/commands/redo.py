"""重办: somebody looked and it isn't done."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Redo(OnRequest):
    """Which request, and the words."""


@command("requests.redo", on=load)
def redo(ctx: Context, cmd: Redo, request: Request) -> Request:
    """Send it back to the handler; a new round begins and its limits start anew.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    perform(ctx, request.matter, "requests.redo", cmd.words, given=cmd.given)
    return request
