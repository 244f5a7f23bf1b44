"""提出规定: choose what to set, type it with its document; and propose that a value ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.compliance.pages import rules
from linzhi.domains.compliance.pages.rules_form import ProposalForm, day_field
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files.intake import take
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.policy import commands, queries
from linzhi.policy.pack import Parameter
from linzhi.policy.queries import ENTERED_LEVELS
from linzhi.policy.resolve import Answer, find
from linzhi.policy.spoken import cited, spoken
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

END = "policy.end_value"


class EndForm(Form):
    """From which day a value no longer holds, and why."""

    begin = day_field(gettext_lazy("从哪天起停用"), gettext_lazy("今天或者以后。"))
    reason = forms.CharField(label=gettext_lazy("为什么停用"), max_length=500, widget=forms.Textarea)


def new(request: HttpRequest) -> HttpResponse:
    """The form for `?place=` and `?key=`; without a key, what may be set there. Refused as policy.propose_value says."""
    powers = powers_of(request)
    place = rules.place_of(powers, request.GET.get("place", "")[:32], rules.PROPOSE)
    if place.level not in ENTERED_LEVELS:
        raise NotFound(_("这个地方没有自己的规定：请选区县、街道、社区或者小区。"))
    today = day_of(powers.at)
    key = request.GET.get("key", "")[:120]
    open_to = {parameter.key: parameter for parameter in queries.may_be_entered(place.path, place.level, today)}
    context: dict[str, Any] = {"place": place, "options": [(name, one.title) for name, one in open_to.items()], "key": key}
    if key not in open_to:
        context |= {"form": None, "unknown": bool(key)}
        return page(request, "compliance/rules_propose.html", context, nav="rules")
    parameter = open_to[key]
    answer = find(key, on=today, pack=queries.pack_for(place.path))
    form, kept = _form(request, powers, parameter, answer, place)
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.propose_value(powers.actor, _asked(form, place, parameter, kept))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("提出来了。要由另一个人批准，到日子才用。"))
            return redirect("compliance:rule", row.pk)
    context |= {"form": form, "parameter": parameter, "kept": bool(kept), "now": answer and spoken(parameter, answer.value)}
    context["basis"] = cited(answer.source, answer.local) if answer else ""
    return page(request, "compliance/rules_propose.html", context, nav="rules", status=422 if form.errors else 200)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the end of a value that was approved. Refused as policy.end_value says."""
    powers = powers_of(request)
    row = queries.proposal(powers, pk)
    if row is None or row.kind != "set" or row.state != "approved":
        raise NotFound(_("没有这条规定，或者不在您的范围内。"))
    decision = powers.decide(END, row)
    if not decision:
        raise NotAllowed(END, decision.reason)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.end_value(powers.actor, commands.EndValue(value_id=row.pk, **form.cleaned_data))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("提出来了。要由另一个人批准，到日子才停用。"))
            return redirect("compliance:rule", made.pk)
    context = {"line": rules.lines([row], day_of(powers.at))[0], "form": form}
    return page(request, "compliance/rules_end.html", context, nav="rules", status=422 if form.errors else 200)


def _form(request: HttpRequest, powers: Powers, parameter: Parameter, answer: Answer | None, place: Territory) -> tuple[ProposalForm, str]:
    """The form, and the id of the document that came with it: kept, so that nobody has to choose it again after a mistake."""
    now, estate = answer.value if answer else None, place.level == "estate"
    if request.method != "POST":
        return ProposalForm(parameter, now, estate=estate), ""
    data = request.POST.copy()
    refusal = None
    upload = request.FILES.get("file")
    if upload is not None:
        try:
            data["document"] = str(take(powers.actor, upload, upload.name or "").pk)
        except Refused as error:
            refusal = error
    form = ProposalForm(parameter, now, data, estate=estate)
    if refusal is not None:
        errors_from(refusal, form)
    return form, str(data.get("document", ""))


def _asked(form: ProposalForm, place: Territory, parameter: Parameter, kept: str) -> commands.ProposeValue:
    given = form.cleaned_data
    local = bool(given.get("local"))
    words = {} if local else {name: given[name] for name in ("title", "number", "issuer", "issued", "article")}
    return commands.ProposeValue(
        place=place.code, key=parameter.key, value=form.value(), begin=given["begin"], end=given["end"], local=local,
        document=given["document"], reason=given["reason"], **words,
    )  # fmt: skip
