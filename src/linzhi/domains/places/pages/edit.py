"""The pages on which one row of a register is written: each calls the bulk command of its register."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places import commands as do
from linzhi.domains.places import queries
from linzhi.domains.places.models import Building, Estate
from linzhi.domains.places.pages.forms import BuildingForm, DwellingForm, EstateForm, UnitForm, hundredths, metres, show
from linzhi.domains.places.pages.frame import Asked, asked_of
from linzhi.domains.places.queries.rolls import dwellings_by_pk
from linzhi.domains.places.queries.rolls import occupancy_of as state_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query


def _require(asked: Asked, code: str, obj: Any = None) -> None:
    decision = asked.powers.decide(code, obj or asked.place)
    if not decision:
        raise NotAllowed(code, decision.reason)


def _said(given: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was chosen of optional choices; no answer says nothing."""
    return {name: given[name] or None for name in names}


def new_estate(request: HttpRequest) -> HttpResponse:
    """Add an estate to the community that the address names."""
    asked = asked_of(request)
    _require(asked, "places.record_estates")
    form = _estate_form(request, asked.place, None)
    back = reverse("places:home") + query({}, place=asked.place.code)
    return show(request, asked, form, title=_("登记小区"), back=back, note=_("小区登记好了。"), save=_save_estate(asked, None))


def edit_estate(request: HttpRequest, code: str) -> HttpResponse:
    """Change an estate's facts; what they were stays readable."""
    asked = asked_of(request, code=code)
    _require(asked, "places.record_estates")
    estate = _estate(asked)
    form = _estate_form(request, asked.place, estate)
    back = reverse("places:estate", args=[estate.code])
    return show(request, asked, form, title=_("修改%(name)s的底数") % {"name": estate.name}, back=back, note=_("改好了。"),
                save=_save_estate(asked, estate))  # fmt: skip


def _estate(asked: Asked) -> Estate:
    found = queries.estate(asked.place.code) if asked.place.level == "estate" else None
    if found is None:
        raise NotFound(_("没有找到这个小区。"))
    return found


def _estate_form(request: HttpRequest, where: Territory, estate: Estate | None) -> EstateForm:
    initial: dict[str, Any] = {}
    if estate is not None:
        filled = set(estate.profile_fields.filter(end=None).values_list("field", flat=True))
        initial = {name: getattr(estate, name) for name in EstateForm.base_fields if hasattr(estate, name)}
        initial |= {name: "" for name in ("self_government", "property_arrangement") if name not in filled}
        initial["looked"] = estate.conditions is not None
        initial["boundary"] = json.dumps(estate.boundary, ensure_ascii=False) if estate.boundary else ""
    form = EstateForm(request.POST or None, initial=initial)
    kinds = queries.estate_kinds(where.path, day_of(powers_of(request).at))
    if estate is not None and estate.kind not in kinds:
        kinds = {estate.kind: queries.kind_title(estate.kind), **kinds}
    fields: dict[str, Any] = form.fields
    fields["kind"].choices = list(kinds.items())
    return form


def _save_estate(asked: Asked, estate: Estate | None) -> Any:
    def save(given: dict[str, Any]) -> None:
        names = ("name", "kind", "address", "built_year", "declared_buildings", "households", "residents", "population", "boundary")
        said = {name: given[name] for name in names} | _said(given, "self_government", "property_arrangement")
        # What was left as it is says nothing: who typed it first stays the one who answers for it.
        if estate is not None:
            said = {name: value for name, value in said.items() if value != getattr(estate, name) or name in _unsaid(estate)}
        if given["looked"] or given["conditions"]:
            said["conditions"] = tuple(given["conditions"])
        row = do.EstateRow(code=estate.code if estate else "", **said)
        community = asked.place.parent if estate is not None else asked.place
        assert community is not None
        do.record_estates(asked.powers.actor, do.RecordEstates(place=(asked.place if estate else community).code, rows=(row,)))

    return save


def _unsaid(estate: Estate) -> set[str]:
    filled = set(estate.profile_fields.filter(end=None).values_list("field", flat=True))
    return {"self_government", "property_arrangement"} - filled


def new_building(request: HttpRequest, code: str) -> HttpResponse:
    """Add a building to an estate."""
    asked = asked_of(request, code=code)
    _require(asked, "places.record_buildings")
    form = BuildingForm(request.POST or None, initial={"kind": "residential", "units": 1})
    back = reverse("places:estate", args=[_estate(asked).code])

    def save(given: dict[str, Any]) -> None:
        do.record_buildings(asked.powers.actor, do.RecordBuildings(place=asked.place.code, rows=(do.BuildingRow(**given),)))

    return show(request, asked, form, title=_("登记楼栋"), back=back, note=_("楼栋登记好了。"), save=save)


def edit_building(request: HttpRequest, code: str) -> HttpResponse:
    """Change a building; its number stays, since everything is found by it."""
    asked, building = _building(request, code)
    _require(asked, "places.record_buildings")
    initial = {"number": building.number, "kind": building.kind, "units": building.units, "floors": building.floors}
    form = BuildingForm(request.POST or None, initial=initial)
    form.fields["number"].disabled = True
    back = reverse("places:estate", args=[building.estate.code])

    def save(given: dict[str, Any]) -> None:
        row = do.BuildingRow(**{**given, "number": building.number, "estate": building.estate.code})
        do.record_buildings(asked.powers.actor, do.RecordBuildings(place=building.estate.code, rows=(row,)))

    return show(request, asked, form, title=_("修改%(number)s") % {"number": building.number}, back=back, note=_("改好了。"), save=save)


def new_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Add an entrance to a building, or say more of one that is there."""
    asked, building = _building(request, code)
    _require(asked, "places.record_units")
    form = UnitForm(request.POST or None)
    back = reverse("places:estate", args=[building.estate.code])

    def save(given: dict[str, Any]) -> None:
        do.record_units(asked.powers.actor, do.RecordUnits(place=building.code, rows=(do.UnitRow(**given),)))

    title = _("%(number)s的单元") % {"number": building.number}
    return show(request, asked, form, title=title, back=back, note=_("单元登记好了。"), save=save)


def _building(request: HttpRequest, code: str) -> tuple[Asked, Building]:
    asked = asked_of(request, code=code)
    building = Building.objects.filter(territory=asked.place).select_related("estate").first()
    if building is None:
        raise NotFound(_("没有找到这栋楼。"))
    return asked, building


def new_dwelling(request: HttpRequest, code: str) -> HttpResponse:
    """Add a dwelling, shop or parking space to a building."""
    asked, building = _building(request, code)
    _require(asked, "places.record_dwellings")
    kind = "parking" if building.kind == "garage" else "home"
    form = DwellingForm(request.POST or None, initial={"kind": kind, "occupancy": "unknown"})
    back = reverse("places:dwellings") + query({}, place=building.estate.code, building=building.code)
    title = _("在%(number)s登记一间") % {"number": building.number}
    return show(request, asked, form, title=title, back=back, note=_("登记好了。"), save=_save_dwelling(asked, building))


def edit_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a dwelling's facts; unit and room stay, since it is found by them. What an area was stays readable."""
    found = dwellings_by_pk(pk)
    if found is None:
        raise NotFound(_("没有找到这间房。"))
    building = found.building
    asked = asked_of(request, code=building.code)
    _require(asked, "places.record_dwellings", found)
    initial = {name: getattr(found, name) for name in ("kind", "unit", "floor", "room", "area_source", "use")}
    initial |= {"exclusive_area": metres(found.exclusive_area), "occupancy": state_of(pk, asked.on)}
    form = DwellingForm(request.POST or None, initial=initial)
    form.fields["unit"].disabled = form.fields["room"].disabled = True
    back = reverse("places:dwellings") + query({}, place=building.estate.code, building=building.code)
    title = _("修改%(label)s") % {"label": queries.label_of(found)}
    return show(request, asked, form, title=title, back=back, note=_("改好了。"), save=_save_dwelling(asked, building))


def _save_dwelling(asked: Asked, building: Building) -> Any:
    def save(given: dict[str, Any]) -> None:
        said = {"kind": given["kind"], "unit": given["unit"] or "", "floor": given["floor"], "room": given["room"]}
        said |= _said(given, "area_source", "use", "occupancy") | {"exclusive_area": hundredths(given["exclusive_area"])}
        do.record_dwellings(asked.powers.actor, do.RecordDwellings(place=building.code, rows=(do.DwellingRow(**said),)))

    return save
