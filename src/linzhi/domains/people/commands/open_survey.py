"""A carpet survey (摸排) of a place begins. LD-19, AQ-02."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.models import Survey, SurveyDoor
from linzhi.domains.places.queries import Dwelling, in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

Asked = Literal["residents", "count", "skills", "needs"]
BATCH = 5_000


class OpenSurvey(Input):
    """`asks`: names and phones of residents, only how many they are, skills on offer, needs. Identity numbers can't be asked for."""

    place: str
    title: Annotated[SafeText, Field(min_length=2, max_length=80)]
    basis: Annotated[SafeText, Field(min_length=2, max_length=200)]
    deadline: date
    asks: Annotated[tuple[Asked, ...], Field(min_length=1)] = ("residents",)


def _load(cmd: OpenSurvey) -> Territory:
    return locate(cmd.place)


@command("people.open_survey", on=_load)
def open_survey(ctx: Context, cmd: OpenSurvey, where: Territory) -> Survey:
    """Open a survey with one door for every dwelling people can live in. Refused with a past deadline or where there is no dwelling."""
    today = day_of(ctx.at)
    if cmd.deadline < today:
        raise Refused("people.deadline", _("截止日期已经过了。"), status=422, field="deadline")
    survey = Survey.objects.create(
        title=cmd.title, path=where.path, basis=cmd.basis, asks=list(dict.fromkeys(cmd.asks)), begin=today, deadline=cmd.deadline
    )
    homes = Dwelling.objects.filter(in_force(today), within("path", where.path), use="residential").order_by("path", "unit", "room", "pk")
    doors = (SurveyDoor(survey=survey, dwelling_id=pk, path=path) for pk, path in homes.values_list("pk", "path").iterator(BATCH))
    made = SurveyDoor.objects.bulk_create(doors, batch_size=BATCH)
    if not made:
        raise Refused("people.no_doors", _("这里还没有登记房屋。请先导入房屋台账。"), status=422, field="place")
    ctx.note(doors=len(made))
    return survey
