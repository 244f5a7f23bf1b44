"""没解决: the reporter's word reopens the request."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class RejectResult(ByReporter):
    """Which request, with the code of somebody without an account."""


@command("requests.reject_result", on=load_by_reporter)
def reject_result(ctx: Context, cmd: RejectResult, request: Request) -> Request:
    """Reopen; a new round begins and its limits start anew.

    Refused when the method doesn't ask for it at this step or it isn't said what is missing.
    """
    perform(ctx, request.matter, "requests.reject_result", cmd.words, given=cmd.given, also=reporter_too(request))
    return request
