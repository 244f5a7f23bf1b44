"""Doing one thing to many cases: each by its own command, each with its own result."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import commands, queries
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.act_fields import LONGEST, place_choices
from linzhi.domains.requests.pages.act_words import wording_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, sentence
from linzhi.web.render import page

MOST = 100


class BulkForm(Form):
    """The fields that the acts for many share; each act keeps its own."""

    key = forms.CharField(max_length=36, widget=forms.HiddenInput)
    place_code = forms.ChoiceField(label=gettext_lazy("在哪里"))
    body_id = forms.TypedChoiceField(label=gettext_lazy("派给谁"), coerce=int)
    say = forms.CharField(label=gettext_lazy("给居民的话"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    note = forms.CharField(label=gettext_lazy("内部备注"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True)
class Many:
    """An act for many: its words, its command, its fields, and whether the note is needed."""

    title: Any
    command: Any
    given: Any
    fields: tuple[str, ...]
    note_needed: bool = False


ACTS = {
    "requests.locate": Many(gettext_lazy("补上地点"), commands.locate, commands.Locate, ("place_code",)),
    "requests.dispatch": Many(gettext_lazy("派单"), commands.dispatch, commands.Dispatch, ("body_id", "say", "note")),
    "requests.supervise": Many(gettext_lazy("督办"), commands.supervise, commands.Supervise, ("note",), note_needed=True),
}


@dataclass(frozen=True)
class Result:
    """What came of one case."""

    case: Request
    ok: bool
    why: str = ""


def view(request: HttpRequest) -> HttpResponse:
    """Ask what the act needs, then do it to each case and say what came of each. Refused for an unknown act."""
    powers = powers_of(request)
    back = request.POST.get("back", "")
    home = reverse("requests:list") + (back if back.startswith("?") else "")
    if request.method != "POST":
        return redirect(home)
    many = ACTS.get(request.POST.get("do", ""))
    if many is None:
        raise NotFound(_("没有这个操作。"))
    cases = _cases(powers, request.POST.getlist("chosen"))
    context = {"many": many, "do": request.POST["do"], "cases": cases, "back": back, "home": home, "results": None, "form": None}
    if not cases:
        return page(request, "requests/staff_bulk.html", context, nav="requests", status=422)
    confirmed = "confirmed" in request.POST
    form = _form(powers, many, cases, request.POST if confirmed else None)
    if confirmed and form.is_valid():
        context["results"] = [_one(powers, many, case, form.cleaned_data) for case in cases]
    context |= {"form": form, "labels": places.place_labels({case.path for case in cases})}
    return page(request, "requests/staff_bulk.html", context, nav="requests", status=422 if form.errors else 200)


def _cases(powers: Powers, chosen: list[str]) -> list[Request]:
    """The chosen cases that the asker may see, in the order of the list, at most 100."""
    pks = [int(text) for text in dict.fromkeys(chosen) if text.isdigit()][:MOST]
    found = queries.visible(powers).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _form(powers: Powers, many: Many, cases: list[Request], data: Any) -> BulkForm:
    form = BulkForm(data, initial={"key": str(uuid.uuid4())})
    for name in ("place_code", "body_id", "say", "note"):
        if name not in many.fields:
            del form.fields[name]
    if "place_code" in form.fields:
        form.fields["place_code"].choices = [("", _("请选一个地方")), *place_choices(powers, cases[0].county)]  # type: ignore[attr-defined]
    if "body_id" in form.fields:
        paths = {estate_of(case.path) or case.path for case in cases}
        serving = {row.pk: row for path in paths for row in bodies.bodies_for(path, None, powers.at)}
        options = [(row.pk, row.name) for row in sorted(serving.values(), key=lambda row: (-len(row.path), row.pk))]
        form.fields["body_id"].choices = [("", _("请选一个单位")), *options]  # type: ignore[attr-defined]
        form.fields["say"].initial = wording_of("requests.dispatch").says[0]
    if many.note_needed:
        form.fields["note"].required = True
        form.fields["note"].label = wording_of("requests.supervise").note
        form.fields["note"].error_messages["required"] = _("请写明督办要求。")
    return form


def _one(powers: Powers, many: Many, case: Request, given: dict[str, Any]) -> Result:
    fields = {name: given[name] for name in many.fields if given[name] not in ("", None)}
    try:
        many.command(powers.actor, many.given(request_id=case.pk, **fields), key=f"bulk:{given['key']}:{case.pk}")
    except Refused as refusal:
        return Result(case, False, refusal.message)
    except ValidationError as error:
        return Result(case, False, sentence(error.errors()[0]))
    return Result(case, True)
