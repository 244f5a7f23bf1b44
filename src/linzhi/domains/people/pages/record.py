"""The pages on which one resident or owner is written: each calls the bulk command of its register with one row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from linzhi.domains.people import commands as do
from linzhi.domains.people.models import Ownership, Residence
from linzhi.domains.people.pages.forms import MASKED, AccountForm, EndForm, OwnerForm, PersonForm, ResidentForm, show
from linzhi.domains.people.pages.person import known_of
from linzhi.domains.people.queries import roll
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query


def _require(powers: Powers, code: str, obj: Any) -> None:
    decision = powers.decide(code, obj)
    if not decision:
        raise NotAllowed(code, decision.reason)


def _dwelling(powers: Powers, pk: int, code: str) -> Dwelling:
    found = places.dwelling(pk)
    if found is None or not powers.decide("places.view_dwelling", found):
        raise NotFound(_("没有找到这间房，或者不在您的范围内。"))
    _require(powers, code, found)
    return found


def _back(request: HttpRequest, dwelling: Dwelling) -> str:
    """Where somebody came from (a survey's door), else the register at the building."""
    given = request.GET.get("next", "")
    if given and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return given
    return reverse("people:home") + query({}, place=dwelling.building.estate.code, q=places.label_of(dwelling))


def new_resident(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    """Enter somebody who lives in a dwelling."""
    powers = powers_of(request)
    dwelling = _dwelling(powers, dwelling_id, "people.record_residents")
    form = ResidentForm(request.POST or None, initial={"kind": "owner_occupier"})
    title = _("登记住在%(where)s的人") % {"where": places.label_of(dwelling)}
    return show(request, dwelling.building.territory, form, title=title, back=_back(request, dwelling), note=_("登记好了。"),
                save=lambda given: _save_resident(powers, dwelling, given, None))  # fmt: skip


def edit_resident(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a residence and the name and phone of who lives there; a mask that is left says nothing."""
    powers = powers_of(request)
    found = roll.residence(powers, pk)
    if found is None:
        raise NotFound(_("没有这条居住记录。"))
    _require(powers, "people.record_residents", found)
    initial = {"name": found.person.name.masked, "phone": found.person.phone.masked}
    initial |= {name: getattr(found, name) for name in ("kind", "household", "begin")}
    form = ResidentForm(request.POST or None, initial=initial)
    form.fields["name"].help_text = form.fields["phone"].help_text = MASKED
    back = reverse("people:person", args=[found.person_id])
    title = _("更正%(where)s的居住登记") % {"where": places.label_of(found.dwelling)}
    return show(request, found.dwelling.building.territory, form, title=title, back=back, note=_("改好了。"),
                save=lambda given: _save_resident(powers, found.dwelling, given, found))  # fmt: skip


def _save_resident(powers: Powers, dwelling: Dwelling, given: dict[str, Any], old: Residence | None) -> None:
    row = do.ResidentRow(
        dwelling_id=dwelling.pk, name=given["name"], phone=given["phone"], kind=given["kind"], household=given["household"] or 1,
        begin=given["begin"], end=old.end if old else None, number=old.pk if old else None,
    )  # fmt: skip
    do.record_residents(powers.actor, do.RecordResidents(place=dwelling.building.code, rows=(row,)))


def new_owner(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    """Enter an owner of a dwelling. Refused beyond the whole, with the shares that are there."""
    powers = powers_of(request)
    dwelling = _dwelling(powers, dwelling_id, "people.record_owners")
    form = OwnerForm(request.POST or None, initial={"owner": "person", "basis": "registered"})
    title = _("登记%(where)s的业主") % {"where": places.label_of(dwelling)}
    return show(request, dwelling.building.territory, form, title=title, back=_back(request, dwelling), note=_("登记好了。"),
                save=lambda given: _save_owner(powers, dwelling, given, None))  # fmt: skip


def edit_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a title. Another owner isn't a correction: the old title is ended and the new one entered."""
    powers = powers_of(request)
    found = roll.ownership(powers, pk)
    if found is None:
        raise NotFound(_("没有这条产权记录。"))
    _require(powers, "people.record_owners", found)
    whole = found.numerator == found.denominator
    initial: dict[str, Any] = {name: getattr(found, name) for name in ("joint", "representative", "basis", "begin")}
    initial |= {"numerator": None, "denominator": None} if whole else {"numerator": found.numerator, "denominator": found.denominator}
    initial |= {"owner": found.firm.kind if found.firm else "person", "certificate": found.certificate.masked}
    initial |= {"name": found.firm.name if found.firm else found.person.name.masked if found.person else ""}
    initial |= {"phone": found.person.phone.masked if found.person else "", "credit_code": found.firm.credit_code if found.firm else ""}
    form = OwnerForm(request.POST or None, initial=initial)
    for name in ("phone", "certificate"):
        form.fields[name].help_text = MASKED
    form.fields["owner"].disabled = form.fields["name"].disabled = True
    back = reverse("people:person", args=[found.person_id]) if found.person_id else _back(request, found.dwelling)
    title = _("更正%(where)s的产权登记") % {"where": places.label_of(found.dwelling)}
    return show(request, found.dwelling.building.territory, form, title=title, back=back, note=_("改好了。"),
                save=lambda given: _save_owner(powers, found.dwelling, given, found))  # fmt: skip


def _save_owner(powers: Powers, dwelling: Dwelling, given: dict[str, Any], old: Ownership | None) -> None:
    top, bottom = given["numerator"], given["denominator"]
    if (top is None) != (bottom is None):
        name = "numerator" if top is None else "denominator"
        raise Refused("people.share", _("份额要两个数都填，比如 1 和 2 就是二分之一。"), status=422, field=name)
    plain = ("owner", "name", "phone", "credit_code", "joint", "representative", "basis", "certificate", "begin")
    row = do.OwnerRow(
        dwelling_id=dwelling.pk, numerator=top or 1, denominator=bottom or 1, end=old.end if old else None,
        number=old.pk if old else None, **{name: given[name] for name in plain},
    )  # fmt: skip
    do.record_owners(powers.actor, do.RecordOwners(place=dwelling.building.code, rows=(row,)))


def move_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End a residence; the row stays and is read as of any day before."""
    powers = powers_of(request)
    found = roll.residence(powers, pk)
    if found is None:
        raise NotFound(_("没有这条居住记录。"))
    _require(powers, "people.move_out", found)
    return _end(
        request, found, title=_("从%(where)s搬走了") % {"where": places.label_of(found.dwelling)},
        back=reverse("people:person", args=[found.person_id]),
        save=lambda end: do.move_out(powers.actor, do.MoveOut(residence_id=pk, end=end)),
    )  # fmt: skip


def end_ownership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a title; posts that only owners may hold end with it."""
    powers = powers_of(request)
    found = roll.ownership(powers, pk)
    if found is None:
        raise NotFound(_("没有这条产权记录。"))
    _require(powers, "people.end_ownership", found)
    back = reverse("people:person", args=[found.person_id]) if found.person_id else _back(request, found.dwelling)
    return _end(
        request, found, title=_("%(where)s的产权转出了") % {"where": places.label_of(found.dwelling)}, back=back,
        save=lambda end: do.end_ownership(powers.actor, do.EndOwnership(ownership_id=pk, end=end)),
        lead=_("只有业主才能担任的职务，会跟着结束。"),
    )  # fmt: skip


def _end(request: HttpRequest, found: Residence | Ownership, *, title: str, back: str, save: Any, lead: str = "") -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None)

    def keep(given: dict[str, Any]) -> None:
        end: date | None = given["end"]
        save(end)

    return show(request, found.dwelling.building.territory, form, title=title, back=back, note=_("记下了，以前的仍然查得到。"), save=keep,
                more={"lead": lead})  # fmt: skip


def link_account(request: HttpRequest, person_id: int) -> HttpResponse:
    """Join the record with the account of a phone, after looking at the person face to face."""
    powers = powers_of(request)
    person = known_of(powers, person_id).person
    _require(powers, "people.link_account", person)
    form = AccountForm(request.POST or None)

    def save(given: dict[str, Any]) -> None:
        account = accounts.by_phone(given["phone"])
        if account is None:
            raise Refused("people.no_account", _("没有用这个手机号的账号。请本人先登录一次。"), status=422, field="phone")
        do.link_account(powers.actor, do.LinkAccount(person_id=person.pk, account_id=account.pk, how="in_person"))

    back = reverse("people:person", args=[person.pk])
    return show(request, None, form, title=_("对上账号"), back=back, note=_("对上了。本人登录后能看到自己的登记。"), save=save)


def correct(request: HttpRequest, person_id: int) -> HttpResponse:
    """Correct the name or phone of a record."""
    powers = powers_of(request)
    person = known_of(powers, person_id).person
    _require(powers, "people.correct_person", person)
    form = PersonForm(request.POST or None, initial={"name": person.name.masked, "phone": person.phone.masked})

    def save(given: dict[str, Any]) -> None:
        do.correct_person(powers.actor, do.CorrectPerson(person_id=person.pk, name=given["name"], phone=given["phone"]))

    back = reverse("people:person", args=[person.pk])
    return show(request, None, form, title=_("更正姓名或手机号"), back=back, note=_("改好了。"), save=save)
