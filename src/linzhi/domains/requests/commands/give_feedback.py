"""反馈结果: the handler tells the reporter what was done."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import add_photos, current_dispatch
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.commands import Context, command
from linzhi.kernel.limits import Unit
from linzhi.kernel.worktime import elapsed


class GiveFeedback(OnRequest):
    """The answer, and photos of the result."""

    photos: tuple[UUID, ...] = Field((), max_length=9)


@command("requests.give_feedback", on=load)
def give_feedback(ctx: Context, cmd: GiveFeedback, request: Request) -> Request:
    """Answer the reporter and pass the result on for verification.

    Refused when the method doesn't ask for it at this step, parts are still open, or nothing is said.
    """
    add_photos(request, cmd.photos, "result", ctx.at)
    current_dispatch(request).update(ended_at=ctx.at)
    if request.replied_at is None:
        request.replied_at = ctx.at
        request.reply_days = elapsed(request.reported_at, ctx.at, Unit.WORKING_DAYS, work_calendar())
        request.save(update_fields=["replied_at", "reply_days"])
    perform(ctx, request.matter, "requests.give_feedback", cmd.words, given=cmd.given)
    return request
