"""The street answers a candidate's objection."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.events import CandidateReviewed
from linzhi.domains.bodies.models import CandidateReview
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound, Refused


class SettleObjection(Input):
    """`upheld`: the candidate is right and passes."""

    review_id: int
    upheld: bool
    answer: Annotated[SafeText, Field(min_length=2, max_length=500)]


def _load(cmd: SettleObjection) -> CandidateReview:
    review = CandidateReview.objects.select_for_update().filter(pk=cmd.review_id).first()
    if review is None:
        raise NotFound(_("没有这位候选人。"))
    return review


@command("bodies.settle_objection", on=_load)
def settle_objection(ctx: Context, cmd: SettleObjection, review: CandidateReview) -> CandidateReview:
    """Answer with reasons and end the review. Refused without an objection, or twice."""
    if not review.objection or review.settled is not None:
        raise Refused("bodies.no_objection", _("没有待答复的异议。"))
    review.answer, review.settled = cmd.answer, ctx.at
    if cmd.upheld:
        review.result = "passed"
    review.save()
    ctx.emit(CandidateReviewed(review.pk, review.account_id, review.result))
    return review
