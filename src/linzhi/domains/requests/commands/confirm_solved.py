"""解决了: the reporter's word, or staff who heard it from the reporter."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ConfirmSolved(ByReporter):
    """Which request, with the code of somebody without an account."""


@command("requests.confirm_solved", on=load_by_reporter)
def confirm_solved(ctx: Context, cmd: ConfirmSolved, request: Request) -> Request:
    """Record that it is solved.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.confirm_solved", cmd.words, given=cmd.given, also=reporter_too(request))
    return request
