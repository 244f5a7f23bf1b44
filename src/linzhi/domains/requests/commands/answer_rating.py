"""答复低分评价: staff answer a low rating."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command
from linzhi.kernel.refused import Refused


class AnswerRating(OnRequest):
    """The answer (`say`)."""


@command("requests.answer_rating", on=load)
def answer_rating(ctx: Context, cmd: AnswerRating, request: Request) -> Request:
    """Answer the newest low rating; stops its clock.

    Refused when the method doesn't ask for it at this step, there is none open, or nothing is said.
    """
    rating = request.ratings.filter(low=True, replied_at__isnull=True).order_by("-round").first()
    if rating is None:
        raise Refused("requests.no_low_rating", _("没有等答复的低分评价。"))
    rating.reply, rating.replied_at = cmd.say, ctx.at
    rating.save(update_fields=["reply", "replied_at"])
    perform(ctx, request.matter, "requests.answer_rating", cmd.words, given=cmd.given)
    return request
