"""报个事: where is it? A building, a facility, or free words."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people import queries as people
from linzhi.domains.places import queries as places
from linzhi.domains.requests import rules
from linzhi.domains.requests.pages.report_draft import Draft, ask, estate_of, go, keep, look_for_alike, step
from linzhi.kernel.clock import day_of
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form

COMMON = "-"


class WhereForm(Form):
    """A building or the common ground; a facility and words make it exact."""

    building = forms.ChoiceField(
        label=_("在哪里？"), widget=forms.RadioSelect, error_messages={"required": _("请选一处。说不准，就选“小区公共地方”。")}
    )
    facility = forms.ChoiceField(label=_("是哪个设施？"), required=False)
    place_text = forms.CharField(
        label=_("具体在哪儿？"),
        help_text=_("比如“北门口”“二楼楼道”。不用写门牌号。"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("太长了，最多 120 个字。")},
    )

    def __init__(self, data: object, buildings: list[places.Building], facilities: list[places.Facility], **more: object) -> None:
        super().__init__(data, **more)
        places_here = [(one.code, one.number) for one in buildings]
        self.fields["building"].choices = [*places_here, (COMMON, _("小区公共地方"))]  # type: ignore[attr-defined]
        numbers = {one.pk: one.number for one in buildings}
        names = [(one.code, f"{numbers.get(one.building_id or 0, '')} {one.name}".strip()) for one in facilities]
        self.fields["facility"].choices = [("", _("不是，或者说不准")), *names]  # type: ignore[attr-defined]
        if not facilities:
            del self.fields["facility"]


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the place; a facility brings its building with it. Then look for what is alike."""
    powers = powers_of(request)
    estate = estate_of(draft.estate)
    on = day_of(powers.at)
    buildings, facilities = places.buildings(estate, on), places.facilities(estate.path, on)
    if request.method != "POST":
        home = _home(powers.actor.account_id, estate, buildings, powers.at)
        begun = draft.building or (COMMON if draft.placed or draft.facility else home)
        initial = {"building": begun, "facility": draft.facility, "place_text": draft.place_text}
        form = WhereForm(None, buildings, facilities, initial=initial)
        return ask(request, "where", draft, form=form)
    form = WhereForm(request.POST, buildings, facilities)
    if not form.is_valid():
        return ask(request, "where", draft, form=form)
    facility = next((one for one in facilities if one.code == form.cleaned_data.get("facility")), None)
    chosen = form.cleaned_data["building"]
    draft.facility = facility.code if facility else ""
    draft.building = facility.building.code if facility and facility.building else "" if chosen == COMMON else chosen
    draft.place_text = rules.tidy(form.cleaned_data["place_text"])
    draft.placed = True
    draft.alike = draft.nature != "tip_off" and bool(look_for_alike(powers, draft))
    keep(request, draft)
    return go(draft, "where")


def _home(account_id: int | None, estate: places.Estate, buildings: list[places.Building], at: datetime) -> str:
    """The building of the reporter's own home here, which is where most reports are about."""
    homes = people.homes_of(account_id, at) if account_id is not None else []
    mine = [home.path for home in homes if home.estate_id == estate.pk]
    return next((one.code for one in buildings if one.path in mine), "")
