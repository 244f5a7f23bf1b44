"""摸排, at the door: a grid worker's phone screen. One door, five big buttons, and the next door."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from linzhi.domains.people.commands import RecordVisit, record_visit
from linzhi.domains.people.models import Survey, SurveyDoor
from linzhi.domains.people.queries import surveying
from linzhi.domains.people.rules import VISIT_RESULTS
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

ICONS = {"done": "check", "absent": "clock", "refused": "ban", "vacant": "home", "wrong": "alert-triangle"}
NEXT = 12


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The next door of a building; a POST keeps what came of the visit and goes on. Doors that refused aren't shown again."""
    powers = powers_of(request)
    survey = surveying.survey(powers, pk)
    buildings = surveying.buildings(powers, survey) if survey else []
    if survey is None or not buildings:
        raise NotFound(_("这次摸排里没有您要走的门。"))
    given = request.GET.get("building", "")
    open_ones = [one for one in buildings if one.left]
    building = next((one for one in buildings if one.path == given), (open_ones or buildings)[0])
    fault, typed = "", ""
    if request.method == "POST":
        fault, typed, onward = _keep(request, powers, survey, building.path)
        if onward:
            return redirect(onward)
    left = surveying.next_doors(powers, survey, building.path, powers.at)
    wanted = request.POST.get("door") if fault else request.GET.get("door", "")
    now = next((door for door in left if str(door.pk) == wanted), left[0] if left else None)
    context = {
        "survey": survey,
        "buildings": [(one.path, _("%(label)s，还有 %(n)d 户") % {"label": one.label, "n": one.left}) for one in buildings],
        "building": building,
        "door": now,
        "label": places.label_of(now.dwelling) if now else "",
        "next": [(door, places.label_of(door.dwelling)) for door in left if now is None or door.pk != now.pk][:NEXT],
        "results": [(code, words, ICONS[code]) for code, words in VISIT_RESULTS.items()],
        "words": VISIT_RESULTS,
        "here": reverse("people:doors", args=[survey.pk]) + query({}, building=building.path),
        "fault": fault,
        "typed": typed,
        "other": next((one for one in open_ones if one.path != building.path), None),
    }
    return page(request, "people/doors.html", context, nav="people", status=422 if fault else 200)


def _keep(request: HttpRequest, powers: Powers, survey: Survey, path: str) -> tuple[str, str, str]:
    """What was wrong and typed, or where to go on."""
    given = request.POST.get("residents", "").strip()[:3]
    number = request.POST.get("door", "")
    door: SurveyDoor | None = surveying.door(powers, int(number)) if number.isdigit() and len(number) < 18 else None
    if door is None or door.survey_id != survey.pk:
        raise NotFound(_("没有这一户，或者不在您的范围内。"))
    result = request.POST.get("result", "")
    counts = result in ("done", "vacant") and given != ""
    try:
        cmd: dict[str, Any] = {"door_id": door.pk, "result": result, "residents": given if counts else None}
        record_visit(powers.actor, RecordVisit.model_validate(cmd))
    except Refused as refusal:
        return refusal.message, given, ""
    except ValidationError:
        return _("居住人数填 0 到 99 的整数，再按一次。"), given, ""
    where = places.label_of(door.dwelling)
    here = reverse("people:doors", args=[survey.pk]) + query({}, building=path)
    messages.success(request, _("%(where)s：%(result)s") % {"where": where, "result": VISIT_RESULTS[result]})
    if request.POST.get("then") == "residents" or (result == "done" and "residents" in survey.asks):
        return "", "", reverse("people:resident_new", args=[door.dwelling_id]) + query({}, next=here)
    return "", "", here
