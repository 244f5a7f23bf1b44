"""提出超出权限: the handler says that nobody here may do it."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ClaimBeyondPower(OnRequest):
    """Which request, and the words."""


@command("requests.claim_beyond_power", on=load)
def claim_beyond_power(ctx: Context, cmd: ClaimBeyondPower, request: Request) -> Request:
    """Ask that a second person confirms that it is beyond our power.

    Refused when the method doesn't ask for it at this step or no reason is given.
    """
    perform(ctx, request.matter, "requests.claim_beyond_power", cmd.words, given=cmd.given)
    return request
