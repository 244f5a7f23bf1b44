"""A candidate is reviewed: with a reason, on a legal ground, and told."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.events import CandidateReviewed
from linzhi.domains.bodies.models import CandidateReview
from linzhi.domains.bodies.rules import LEGAL_GROUNDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound, Refused


class ReviewCandidate(Input):
    """`ground` is a word of `LEGAL_GROUNDS` and needed to reject; `reason` says in words what was found."""

    review_id: int
    result: Literal["passed", "rejected"]
    ground: str = ""
    reason: Annotated[SafeText, Field(max_length=500)] = ""


def load_review(cmd: ReviewCandidate) -> CandidateReview:
    """The review that `cmd.review_id` names, locked. Raises NotFound."""
    review = CandidateReview.objects.select_for_update().filter(pk=cmd.review_id).first()
    if review is None:
        raise NotFound(_("没有这位候选人。"))
    return review


@command("bodies.review_candidate", on=load_review)
def review_candidate(ctx: Context, cmd: ReviewCandidate, review: CandidateReview) -> CandidateReview:
    """Keep the result and tell the candidate, who can object.

    Refused twice, for the own candidacy, to reject without a legal ground and a reason, or on the ground of not owning where the
    register says that the candidate owned here on the day of standing. Membership of a party is no ground either way.
    """
    if review.result:
        raise Refused("bodies.reviewed", _("已经审查过了。"))
    if review.account_id is not None and review.account_id == ctx.actor.account_id:
        raise Refused("bodies.reviews_itself", _("不能审查自己。请另一位工作人员办理。"), status=403)
    if cmd.result == "rejected":
        if cmd.ground not in LEGAL_GROUNDS or not cmd.reason:
            raise Refused("bodies.no_ground", _("不符合条件的，要选法定理由并写明事实。"), status=422, field="ground")
        if cmd.ground == "not_owner" and review.owner:
            raise Refused("bodies.is_owner", _("台账上他是本小区业主，不能以这个理由认定。台账有误请先更正。"), field="ground")
        review.told = ctx.at
    review.result, review.ground, review.reason, review.reviewed = cmd.result, cmd.ground, cmd.reason, ctx.at
    if cmd.result == "passed":
        review.settled = ctx.at
    review.save()
    ctx.emit(CandidateReviewed(review.pk, review.account_id, review.result))
    return review
