"""A door of a survey was visited. What came of it is kept, and a refusal is an answer."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.models import SurveyDoor
from linzhi.domains.people.rules import VISITS_ENOUGH
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class RecordVisit(Input):
    """`residents` is how many live there as said at the door; who they are goes into the residents' register, if they wish."""

    door_id: int
    result: Literal["done", "absent", "refused", "vacant", "wrong"]
    residents: Annotated[int, Field(ge=0, le=99)] | None = None


def _load(cmd: RecordVisit) -> SurveyDoor:
    door = SurveyDoor.objects.select_for_update(of=("self",)).select_related("survey").filter(pk=cmd.door_id).first()
    if door is None:
        raise NotFound(_("没有这一户。"))
    return door


@command("people.record_visit", on=_load)
def record_visit(ctx: Context, cmd: RecordVisit, door: SurveyDoor) -> SurveyDoor:
    """Keep the result of a visit; the count of visits grows.

    Refused once the survey is closed or its last day is over, or where the household has refused: it isn't asked again.
    """
    if door.survey.closed is not None or door.survey.deadline < day_of(ctx.at):
        raise Refused("people.survey_closed", _("这次摸排已经结束了。"))
    if door.result == "refused" and cmd.result != "done":
        raise Refused("people.refused_before", _("这一户已经说过不愿登记，请不要再上门。本人改了主意，可以改成“已登记”。"))
    if cmd.residents is not None and cmd.result not in VISITS_ENOUGH:
        raise Refused("people.residents", _("见到人了才填居住人数。"), status=422, field="residents")
    door.result, door.visited, door.visits, door.visitor = cmd.result, ctx.at, door.visits + 1, ctx.actor.key
    door.residents = cmd.residents if cmd.result in ("done", "vacant") else None
    door.save(update_fields=["result", "visited", "visits", "visitor", "residents"])
    return door
