"""同意延期: the approver lengthens the limit."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class GrantExtension(OnRequest):
    """Which request, and the words."""


@command("requests.grant_extension", on=load)
def grant_extension(ctx: Context, cmd: GrantExtension, request: Request) -> Request:
    """Lengthen the running limits by what was asked.

    Refused when the method doesn't ask for it at this step, nothing was asked, or the asker decides.
    """
    perform(ctx, request.matter, "requests.grant_extension", cmd.words, given=cmd.given)
    return request
