"""A survey is closed before its last day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.people.models import Survey
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import NotFound


class CloseSurvey(Input):
    """The survey's id."""

    survey_id: int


def _load(cmd: CloseSurvey) -> Survey:
    survey = Survey.objects.select_for_update().filter(pk=cmd.survey_id).first()
    if survey is None:
        raise NotFound(_("没有这次摸排。"))
    return survey


@command("people.close_survey", on=_load)
def close_survey(ctx: Context, cmd: CloseSurvey, survey: Survey) -> Survey:
    """Close a survey; doors without a visit stay without a result. Twice changes nothing."""
    if survey.closed is None:
        survey.closed = ctx.at
        survey.save(update_fields=["closed"])
    return survey
