"""A candidate objects to the review."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.models import CandidateReview
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound, Refused


class ObjectToReview(Input):
    """`objection` in the candidate's own words; a worker may enter it for somebody who came to the desk."""

    review_id: int
    objection: Annotated[SafeText, Field(min_length=2, max_length=500)]


def _load(cmd: ObjectToReview) -> CandidateReview:
    review = CandidateReview.objects.select_for_update().filter(pk=cmd.review_id).first()
    if review is None:
        raise NotFound(_("没有这位候选人。"))
    return review


@command("bodies.object_to_review", on=_load)
def object_to_review(ctx: Context, cmd: ObjectToReview, review: CandidateReview) -> CandidateReview:
    """Keep the objection; the street answers it. Refused where nothing was rejected, or twice."""
    if review.result != "rejected":
        raise Refused("bodies.nothing_to_object", _("没有不利的审查结果，不用提异议。"))
    if review.objection:
        raise Refused("bodies.objected", _("已经提过异议，正在等街道答复。"))
    review.objection = cmd.objection
    review.save(update_fields=["objection"])
    return review
