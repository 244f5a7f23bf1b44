"""评价: the reporter's stars for this round."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests import rules
from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.events import RequestRated
from linzhi.domains.requests.models import Rating, Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import resolve_at


class Rate(ByReporter):
    """One to five stars, and a word."""

    stars: int = Field(ge=1, le=5)


@command("requests.rate", on=load_by_reporter)
def rate(ctx: Context, cmd: Rate, request: Request) -> Request:
    """Rate the round once; a low rating starts the clock of an answer.

    Refused when the method doesn't ask for it at this step or it is rated already.
    """
    scale = resolve_at("request.low_rating.threshold", request.path, ctx.at.date())
    low = rules.low(cmd.stars, int(scale.value))
    if request.ratings.filter(round=request.matter.round).exists():
        raise Refused("requests.rated", _("这一次已经评价过了。"))
    Rating.objects.create(request=request, round=request.matter.round, stars=cmd.stars, word=cmd.say[:500], at=ctx.at, low=low)
    signals = ("low_rating",) if low else ()
    perform(ctx, request.matter, "requests.rate", cmd.words, given=cmd.given, also=reporter_too(request), signals=signals)
    ctx.emit(RequestRated(request.pk, cmd.stars, low))
    return request
