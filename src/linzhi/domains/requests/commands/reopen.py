"""重新打开: a closed request turns out not to be over."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Reopen(ByReporter):
    """Which request, with the code of somebody without an account."""


@command("requests.reopen", on=load_by_reporter)
def reopen(ctx: Context, cmd: Reopen, request: Request) -> Request:
    """Reopen a closed request; a new round begins.

    Refused when the method doesn't ask for it at this step or it isn't said why.
    """
    perform(ctx, request.matter, "requests.reopen", cmd.words, given=cmd.given, also=reporter_too(request))
    return request
