"""内部备注: a line among staff."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class AddRemark(OnRequest):
    """Which request, and the words."""


@command("requests.add_remark", on=load)
def add_remark(ctx: Context, cmd: AddRemark, request: Request) -> Request:
    """Add an internal line to the history.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.add_remark", cmd.words, given=cmd.given)
    return request
