"""Somebody stands for the owners' committee."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.courses import new_number
from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import CandidateReview
from linzhi.domains.people import queries as people
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound, Refused


class StandAsCandidate(Input):
    """`estate` is the estate's code; `name` is the name to stand under. `capable` is the candidate's own declaration of full capacity.

    Nothing asks whether the candidate is a party member.
    """

    estate: str
    person_id: int
    name: Annotated[SafeText, Field(min_length=1, max_length=40)]
    capable: bool = False


def _load(cmd: StandAsCandidate) -> CandidateReview:
    # An unsaved review, so that access can be decided on whose it is and where.
    estate: Territory = place(cmd.estate)
    if not people.person_exists(cmd.person_id, estate.path):
        raise NotFound(_("没有这个人员。"))
    return CandidateReview(path=estate.path, person_id=cmd.person_id, account_id=people.account_of(cmd.person_id), name=cmd.name)


@command("bodies.stand_as_candidate", on=_load)
def stand_as_candidate(ctx: Context, cmd: StandAsCandidate, review: CandidateReview) -> CandidateReview:
    """Enter a candidate with what the register says today; whoever doesn't own here may stand, and learns the legal ground from the review.

    Refused twice in one election, or without the declaration of capacity.
    """
    if CandidateReview.objects.filter(path=review.path, person_id=cmd.person_id, settled__isnull=True).exists():
        raise Refused("bodies.stands_already", _("已经报名了，不用再报。"))
    if not cmd.capable:
        raise Refused("bodies.capacity", _("请先声明具有完全民事行为能力。"), status=422, field="capable")
    review.owner = people.owns_in(cmd.person_id, review.path, ctx.at)
    review.capable, review.stood, review.number = cmd.capable, ctx.at, new_number(ctx, "HX")
    review.save()
    return review
