"""确认超出权限: the second person agrees."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class ConfirmBeyondPower(OnRequest):
    """Which request, and the words."""


@command("requests.confirm_beyond_power", on=load)
def confirm_beyond_power(ctx: Context, cmd: ConfirmBeyondPower, request: Request) -> Request:
    """Close honestly as beyond power; it is shown beside the rates, not inside them.

    Refused when the method doesn't ask for it at this step, or the same person claimed it.
    """
    perform(ctx, request.matter, "requests.confirm_beyond_power", cmd.words, given=cmd.given)
    return request
