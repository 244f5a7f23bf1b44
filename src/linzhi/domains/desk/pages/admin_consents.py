"""同意书: the words that people agree to, version by version; publishing the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.consents import queries as consents
from linzhi.foundation.consents.commands import PublishText, publish_text
from linzhi.foundation.consents.models import ConsentText
from linzhi.foundation.privacy import personal
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

SKILLS = "people.skills"


@dataclass(frozen=True)
class Purpose:
    """What a consent is asked for, and the columns among which a text says what is used."""

    key: str
    title: Any
    what: Any
    columns: tuple[str, ...]


PURPOSES = {
    SKILLS: Purpose(
        SKILLS, gettext_lazy("能人库"), gettext_lazy("居民把自己的本领登记进能人库，邻里有事时找得到。"),
        ("people.SkillOffer.person", "people.SkillOffer.words", "people.Person.name", "people.Person.phone"),
    ),
}  # fmt: skip


class TextForm(Form):
    """The words, what they let be used, and whether everybody is asked anew."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=80)
    text = forms.CharField(
        label=gettext_lazy("正文"), min_length=10, max_length=5000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("用大白话写清：用哪些信息、做什么用、谁看得到、怎么撤回。"),
    )  # fmt: skip
    fields_used = forms.MultipleChoiceField(label=gettext_lazy("用到哪些信息"), required=False, widget=forms.CheckboxSelectMultiple)
    renews = forms.BooleanField(
        label=gettext_lazy("重新征得同意"), required=False,
        help_text=gettext_lazy("换了用途、方式，或者多用了信息，必须勾；只改错字、说得更清楚，不用勾。"),
    )  # fmt: skip


def listed(request: HttpRequest) -> HttpResponse:
    """Every purpose with its current version and how many agree. For county offices and administrators."""
    powers = powers_of(request)
    queries.require(powers, "consents.publish_text")
    rows = [
        (one, consents.current_text(one.key, powers.at), consents.standing_count(one.key, powers.at)) for one in PURPOSES.values()
    ]  # fmt: skip
    return page(request, "desk/admin_consents.html", {"rows": rows}, nav="consents")


def one(request: HttpRequest, purpose: str) -> HttpResponse:
    """The current text and the earlier ones. NotFound for a purpose that nobody asks consent for."""
    powers = powers_of(request)
    queries.require(powers, "consents.publish_text")
    found = _purpose(purpose)
    versions = consents.versions(found.key)
    names = {version.pk: _name(version.published_by) for version in versions}
    used = {version.pk: [personal.what(*key.rsplit(".", 1)) for key in version.fields] for version in versions}
    context = {"purpose": found, "versions": versions, "names": names, "used": used}
    return page(request, "desk/admin_consent.html", context, nav="consents")


def new(request: HttpRequest, purpose: str) -> HttpResponse:
    """The next version: the form with what holds, then what it does, then the publication. For county offices and administrators."""
    powers = powers_of(request)
    queries.require(powers, "consents.publish_text")
    found = _purpose(purpose)
    last = consents.current_text(found.key, powers.at)
    form = TextForm(request.POST or None, initial=_initial(found, last))
    form.fields["fields_used"].choices = [(key, personal.what(*key.rsplit(".", 1))) for key in found.columns]  # type: ignore[attr-defined]
    shown = False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "confirmed" not in request.POST:
            shown = True
        else:
            try:
                cmd = PublishText(
                    purpose=found.key, title=given["title"], text=given["text"], fields=tuple(given["fields_used"]), renews=given["renews"]
                )  # fmt: skip
                made = publish_text(powers.actor, cmd)
            except (Refused, ValidationError) as error:
                errors_from(error, form)
            else:
                messages.success(request, _("第 %(n)d 版发布了。") % {"n": made.version})
                return redirect("desk:consent_text", found.key)
    standing = consents.standing_count(found.key, powers.at)
    context = {
        "purpose": found, "last": last, "form": form, "shown": shown, "standing": standing, "next": last.version + 1 if last else 1,
    }  # fmt: skip
    return page(request, "desk/admin_consent_new.html", context, nav="consents", status=422 if form.errors else 200)


def _purpose(key: str) -> Purpose:
    if key not in PURPOSES:
        raise NotFound(_("没有这份同意书。"))
    return PURPOSES[key]


def _initial(purpose: Purpose, last: ConsentText | None) -> dict[str, object]:
    if last is None:
        return {"title": purpose.title, "fields_used": list(purpose.columns), "renews": True}
    return {"title": last.title, "text": last.text, "fields_used": last.fields, "renews": False}


def _name(key: str) -> str:
    kind, _colon, number = key.partition(":")
    return accounts.name(int(number)) if kind in ("person", "app") and number.isdigit() else _("系统")
