"""交上一级: the estate or the community can't settle it alone."""

from __future__ import annotations

from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class Escalate(OnRequest):
    """To which level (`choice`), and why (`note`)."""

    choice: str = Field("", max_length=20)


@command("requests.escalate", on=load)
def escalate(ctx: Context, cmd: Escalate, request: Request) -> Request:
    """Hand the request to the level chosen.

    Refused when the method doesn't ask for it at this step, for a level the method doesn't offer, or without a reason.
    """
    perform(ctx, request.matter, "requests.escalate", cmd.words, given=cmd.given, choice=cmd.choice)
    return request
