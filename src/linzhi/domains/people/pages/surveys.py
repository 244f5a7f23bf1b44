"""摸排: the surveys that concern the asker, how far each is by place, opening and closing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.people import commands as do
from linzhi.domains.people import queries
from linzhi.domains.people.pages.forms import SurveyForm, show
from linzhi.domains.people.pages.frame import asked_of, base
from linzhi.domains.people.queries import surveying
from linzhi.domains.places import queries as places
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

VIEW, OPEN = "people.view_survey", "people.open_survey"


def listed(request: HttpRequest) -> HttpResponse:
    """The surveys of the asker's places and around them, the latest deadline first."""
    asked = asked_of(request, VIEW)
    found = queries.surveys(asked.powers)
    context = base(request, asked, "surveys") | {
        "rows": found,
        "labels": places.place_labels({one.path for one in found}),
        "today": day_of(asked.powers.at),
        "may_open": asked.may(OPEN),
    }
    return page(request, "people/surveys.html", context, nav="people")


def new(request: HttpRequest) -> HttpResponse:
    """Open a survey of the place that the address names. Refused where no homes are registered."""
    asked = asked_of(request, OPEN)
    form = SurveyForm(request.POST or None, initial={"asks": ["residents"]})

    def save(given: dict[str, Any]) -> str:
        made = do.open_survey(asked.powers.actor, do.OpenSurvey(place=asked.place.code, **given))
        return reverse("people:survey", args=[made.pk])

    back = reverse("people:surveys") + query({}, place=asked.place.code)
    lead = _("“%(place)s”里的每一套住宅都会列进去，网格员在手机上一户一户登记。") % {"place": asked.place.name}
    return show(request, asked.place, form, title=_("发起摸排"), back=back, note=_("发起了。"), save=save, more={"lead": lead})


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a survey is, by the places one level below; a POST closes it."""
    powers = powers_of(request)
    survey = surveying.survey(powers, pk)
    if survey is None:
        raise NotFound(_("没有这次摸排，或者不在您的范围内。"))
    if request.method == "POST":
        do.close_survey(powers.actor, do.CloseSurvey(survey_id=survey.pk))
        messages.success(request, _("摸排结束了，登记过的都留着。"))
        return redirect("people:survey", survey.pk)
    path = request.GET.get("place", "")[:60]
    rows = surveying.progress(powers, survey, path)
    done = survey.closed is not None or survey.deadline < day_of(powers.at)
    context = {
        "survey": survey,
        "rows": rows,
        "line": surveying.line_of(survey, path),
        "total": [sum(getattr(row, name) for row in rows) for name in ("doors", "visited", "answered", "refused")],
        "done": done,
        "today": day_of(powers.at),
        "may_visit": not done and bool(surveying.buildings(powers, survey)),
        "may_close": survey.closed is None and bool(powers.decide("people.close_survey", survey)),
    }
    return page(request, "people/survey.html", context, nav="people")
