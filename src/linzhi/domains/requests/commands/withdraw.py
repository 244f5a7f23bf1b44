"""撤回: the reporter takes it back."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Withdraw(ByReporter):
    """Which request, with the code of somebody without an account."""


@command("requests.withdraw", on=load_by_reporter)
def withdraw(ctx: Context, cmd: Withdraw, request: Request) -> Request:
    """Close as withdrawn.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.withdraw", cmd.words, given=cmd.given, also=reporter_too(request))
    return request
