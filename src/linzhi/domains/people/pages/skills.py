"""能人库: for staff with who offers it, for signed-in neighbours without, and one's own offers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from linzhi.domains.people import commands as do
from linzhi.domains.people import queries
from linzhi.domains.people.pages.forms import SkillForm, show
from linzhi.domains.people.pages.frame import asked_of, base
from linzhi.domains.people.pages.person import known_of
from linzhi.domains.people.rules import OFFER_SOURCES, SKILLS
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.consents.commands import Give, give
from linzhi.foundation.consents.models import ConsentText
from linzhi.foundation.consents.queries import account_subject, current_text
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import errors_from
from linzhi.web.render import page


def listed(request: HttpRequest) -> HttpResponse:
    """The offers of a place by field, with who offers them, masked."""
    asked = asked_of(request)
    field = request.GET.get("field", "")[:24]
    rows = queries.skills(asked.powers, asked.place.path, field)
    fields = queries.talent_fields(asked.place.path, asked.on)
    context = base(request, asked, "skills") | {
        "rows": rows,
        "labels": places.place_labels({one.path for one in rows}),
        "fields": [("", _("全部方面")), *((one, one) for one in fields)],
        "values": {"field": field},
        "sources": OFFER_SOURCES,
    }
    return page(request, "people/skills.html", context, nav="people")


def for_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """A worker puts somebody's skill on offer, with that person's agreement."""
    powers = powers_of(request)
    found = known_of(powers, person_id)
    homes = [row.dwelling_id for row in found.residences if row.end is None]
    homes += [row.dwelling_id for row in found.ownerships if row.end is None]
    form = _form(request, powers, _estates(homes))
    form.initial["source"] = "visit"
    form.initial["how"] = "in_person"
    back = reverse("people:person", args=[found.person.pk])
    text = current_text(SKILLS, powers.at)

    def save(given: dict[str, Any]) -> None:
        do.offer_skill(powers.actor, do.OfferSkill(person_id=found.person.pk, **given))

    return show(request, None, form, title=_("登记特长"), back=back, note=_("放进能人库了。"), save=save, more={"text": text})


def _estates(dwelling_ids: list[int]) -> list[tuple[str, str, str]]:
    """Code, name and path of the estates of some dwellings."""
    found = {room.building.estate for room in places.dwellings_by_id(dwelling_ids).values()}
    return sorted((estate.code, estate.name, estate.path) for estate in found)


def _form(request: HttpRequest, powers: Powers, estates: list[tuple[str, str, str]]) -> SkillForm:
    form = SkillForm(request.POST if request.method == "POST" and "withdraw" not in request.POST else None)
    on = day_of(powers.at)
    fields = dict.fromkeys(field for _code, _name, path in estates for field in queries.talent_fields(path, on))
    form.fields["estate"].choices = [(code, name) for code, name, _path in estates]  # type: ignore[attr-defined]
    form.fields["field"].choices = [(field, field) for field in fields]  # type: ignore[attr-defined]
    return form


def neighbours(request: HttpRequest, code: str) -> HttpResponse:
    """What neighbours of an estate offer, without names and phones: the community makes the contact. For those signed in."""
    powers = powers_of(request)
    estate = places.estate(code)
    if estate is None:
        raise NotFound(_("没有找到这个小区。"))
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    field = request.GET.get("field", "")[:24]
    fields = queries.talent_fields(estate.path, day_of(powers.at))
    context = {
        "estate": estate, "rows": queries.skills(powers, estate.path, field), "fields": [("", _("全部方面")), *((one, one) for one in fields)],
        "field": field,
    }  # fmt: skip
    return page(request, "people/neighbours.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    """My own offers: put one on, take one back. Somebody not signed in is asked to sign in."""
    powers = powers_of(request)
    account_id = powers.actor.account_id
    if account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    own = queries.own_skills(powers)
    if "withdraw" in request.POST:
        offer = next((one for one in own if str(one.pk) == request.POST["withdraw"]), None)
        if offer is not None:
            do.withdraw_skill(powers.actor, do.WithdrawSkill(offer_id=offer.pk))
            messages.success(request, _("撤回了，别人再也查不到。"))
        return redirect("people:my_skills")
    estates = sorted({(home.estate_code, home.estate_name, home.estate_path) for home in queries.homes_of(account_id, powers.at)})
    form = _form(request, powers, estates)
    form.fields["source"].widget, form.fields["source"].required = forms.HiddenInput(), False
    del form.fields["how"]
    form.fields["agreed"].label = _("我同意邻居看到这一条（看不到我的姓名和电话）")
    text = current_text(SKILLS, powers.at)
    if request.method == "POST" and form.is_valid():
        try:
            _offer(powers, account_id, form.cleaned_data, {code: path for code, _name, path in estates}, text)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("放进能人库了，随时可以撤回。"))
            return redirect("people:my_skills")
    context = {"rows": own, "labels": places.place_labels({one.path for one in own}), "form": form, "estates": estates, "text": text}
    return page(request, "people/my_skills.html", context, status=422 if form.errors else 200)


def _offer(powers: Powers, account_id: int, given: dict[str, Any], paths: dict[str, str], text: ConsentText | None) -> None:
    person_id = queries.person_of(account_id, paths[given["estate"]])
    if person_id is None:
        raise Refused("people.not_at_home", _("还没有您住在这个小区的登记。请先找社区登记。"), status=422, field="estate")
    with transaction.atomic():  # a refused offer leaves no consent behind
        if text is not None:
            give(powers.actor, Give(subject=account_subject(account_id), purpose=SKILLS, version=text.version))
        do.offer_skill(powers.actor, do.OfferSkill(person_id=person_id, **{**given, "source": "self"}))
