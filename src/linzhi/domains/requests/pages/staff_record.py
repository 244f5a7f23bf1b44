"""登记一件事: written down for somebody, at the door or on the telephone; what is alike is shown before it is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries, rules
from linzhi.domains.requests.commands import Record, record
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.act_form import kept_photos
from linzhi.domains.requests.pages.report_what import EXPLAINED
from linzhi.domains.requests.pages.staff_filter import holds_anywhere
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files.intake import take
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.policy.categories import categories
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, PhotosField, errors_from
from linzhi.web.render import page

BUILDINGS_UP_TO = 15
"""In so many estates every building is offered; staff of more estates choose the estate and write the rest."""
ABOUT = ("complaint", "tip_off")


class RecordForm(Form):
    """Everything on one page: whoever writes for somebody has them waiting."""

    key = forms.CharField(max_length=36, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("怎么来的"), widget=forms.RadioSelect,
        choices=[("grid", gettext_lazy("当面说的")), ("call", gettext_lazy("打电话来的"))],
    )
    text = forms.CharField(
        label=gettext_lazy("什么事"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写下是什么事。"), "max_length": gettext_lazy("太长了，最多 5000 个字。")},
    )  # fmt: skip
    place_code = forms.ChoiceField(label=gettext_lazy("在哪里"), error_messages={"required": gettext_lazy("请选小区或楼栋。")})
    place_text = forms.CharField(
        label=gettext_lazy("具体位置"), required=False, max_length=120, help_text=gettext_lazy("比如：2单元门口、地下车库入口")
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("哪一种"), widget=forms.RadioSelect, choices=[(key, words[0]) for key, words in EXPLAINED.items()]
    )
    category = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    accused_body_id = forms.TypedChoiceField(
        label=gettext_lazy("投诉、举报的是哪个单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("它看不到报事人的联系方式；举报件它完全看不到。"),
    )  # fmt: skip
    urgent = forms.BooleanField(label=gettext_lazy("紧急，时限按紧急件算"), required=False)
    photos = PhotosField(label=gettext_lazy("照片"), most=9)
    contact_name = forms.CharField(label=gettext_lazy("报事人怎么称呼"), required=False, max_length=40)
    contact_phone = forms.RegexField(
        r"^[0-9+ -]{5,20}$", label=gettext_lazy("报事人电话"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("留了才收得到进展。号码加密保存，看一次记一次。"), error_messages={"invalid": gettext_lazy("电话号码不对，请再看看。")},
    )  # fmt: skip
    private = forms.BooleanField(label=gettext_lazy("不公开，只有办事的人看得到"), required=False)


def view(request: HttpRequest) -> HttpResponse:
    """The form; first it shows what is alike, then it keeps. Refused to those who may not write for others, and outside their places."""
    powers = powers_of(request)
    if not holds_anywhere(powers, "requests.record"):
        raise NotAllowed("requests.record", powers.decide("requests.record").reason)
    form = _form(powers, request)
    context: dict[str, Any] = {"form": form, "alike": [], "emergencies": [], "kept": kept_photos(request), "labels": {}}
    if request.method == "POST" and form.is_valid():
        try:
            context["kept"] = _stored(powers, request, form)
            alike = [] if "confirmed" in request.POST else _alike(powers, form)
            if not alike:
                return _record(request, powers, form, context["kept"])
            context |= {"alike": alike, "labels": places.place_labels({one.request.path for one in alike})}
        except (Refused, ValidationError) as error:
            errors_from(error, form)
    context["emergencies"] = rules.emergencies_in(request.POST.get("text", ""))
    return page(request, "requests/staff_record.html", context, nav="requests", status=422 if form.errors else 200)


def _form(powers: Powers, request: HttpRequest) -> RecordForm:
    initial = {"key": str(uuid.uuid4()), "channel": "grid" if powers.has_role("grid_worker", "building_head") else "call", "nature": "help"}
    form = RecordForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=initial)
    estates = places.estates_in_charge(powers)
    fields: dict[str, Any] = form.fields
    fields["place_code"].choices = [("", _("请选小区或楼栋")), *_place_choices(estates, powers)]
    groups = [(group.name, [(item.code, item.name) for item in group.children]) for group in categories().groups]
    fields["category"].choices = [("", _("按内容认")), *groups]
    serving = {row.pk: row.name for estate in estates[:BUILDINGS_UP_TO] for row in bodies.bodies_for(estate.path, None, powers.at)}
    fields["accused_body_id"].choices = [("", _("没有，或说不清")), *serving.items()]
    return form


def _place_choices(estates: list[places.Estate], powers: Powers) -> list[Any]:
    if len(estates) > BUILDINGS_UP_TO:
        return [(estate.code, estate.name) for estate in estates]
    on = powers.at.date()
    found: list[Any] = []
    for estate in estates:
        rows = [(building.code, f"{estate.name} {building.number}") for building in places.buildings(estate, on)]
        found.append((estate.name, [(estate.code, _("%(estate)s（公共地方）") % {"estate": estate.name}), *rows]))
    return found


def _stored(powers: Powers, request: HttpRequest, form: RecordForm) -> list[uuid.UUID]:
    found = kept_photos(request)
    for upload in form.cleaned_data["photos"] or []:
        stored = take(powers.actor, upload, upload.name or "")
        if stored.kind != "image":
            raise Refused("requests.photo", _("这里只收照片（JPG、PNG、WebP）。"), status=422, field="photos")
        found.append(stored.pk)
    return list(dict.fromkeys(found))


def _alike(powers: Powers, form: RecordForm) -> list[queries.Alike]:
    """What is alike nearby, as far as it is public; a tip-off is compared with nothing."""
    if form.cleaned_data["nature"] == "tip_off":
        return []
    path = Territory.objects.values_list("path", flat=True).get(code=form.cleaned_data["place_code"])
    return queries.alike(powers, path, form.cleaned_data["text"], powers.at)


def _record(request: HttpRequest, powers: Powers, form: RecordForm, photos: list[uuid.UUID]) -> HttpResponse:
    given = form.cleaned_data
    names = ("text", "place_code", "place_text", "nature", "urgent", "contact_name", "contact_phone", "channel")
    told = {name: given[name] for name in names}
    guess = next(iter(categories().matches(given["text"], 1)), None)
    told["category"] = given["category"] or (guess.code if guess else "")
    if given["nature"] in ABOUT:
        told["accused_body_id"] = given["accused_body_id"]
    cmd = Record(**told, public=not given["private"], photos=tuple(photos))
    found: Request = record(powers.actor, cmd, key=f"record:{given['key']}")
    messages.success(request, _("登记好了，编号 %(number)s。") % {"number": found.number})
    may_see = bool(powers.decide("requests.view", found))
    return redirect("requests:detail", found.pk) if may_see else redirect(reverse("desk:today"))
