"""申请延期: the handler asks for more time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import fits_in
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command
from linzhi.kernel.limits import Limit
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import resolve_at


class RequestExtension(OnRequest):
    """How much time (`limit`), and why (`note`)."""

    limit: str = Field(max_length=40)


@command("requests.request_extension", on=load)
def request_extension(ctx: Context, cmd: RequestExtension, request: Request) -> Request:
    """Ask the approver for more time.

    Refused when the method doesn't ask for it at this step, when one is open, when the number is used up, when more is
    asked than the pack allows, or without a reason.
    """
    longest = Limit.parse(str(resolve_at("request.extension.max_length", request.path, ctx.at.date()).value))
    if not fits_in(cmd.limit, str(longest), ctx.at):
        message = _("一次延期最长 %(limit)s。") % {"limit": longest.words()}
        raise Refused("requests.extension_length", message, status=422, field="limit", longest=str(longest))
    perform(ctx, request.matter, "requests.request_extension", cmd.words, given=cmd.given, extension=cmd.limit)
    return request
