"""反馈结果: the handler tells the reporter what was done."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import add_photos, current_dispatch, first_reply
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class GiveFeedback(OnRequest):
    """The answer, and photos of the result."""

    photos: tuple[UUID, ...] = Field((), max_length=9)


@command("requests.give_feedback", on=load)
def give_feedback(ctx: Context, cmd: GiveFeedback, request: Request) -> Request:
    """Answer the reporter and pass the result on for verification.

    Refused when the method doesn't ask for it at this step, parts are still open, or nothing is said.
    """
    add_photos(ctx, request, cmd.photos, "result")
    current_dispatch(request).update(ended_at=ctx.at)
    first_reply(request, ctx.at)
    perform(ctx, request.matter, "requests.give_feedback", cmd.words, given=cmd.given)
    return request
