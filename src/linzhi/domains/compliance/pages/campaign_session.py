"""调度: noting a session about a campaign: what was said, and up to three things asked of departments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance import commands as do
from linzhi.domains.compliance.pages.campaign import NOTE, campaign_of
from linzhi.domains.compliance.queries import campaigns as lists
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

ROWS = (1, 2, 3)


class SessionForm(Form):
    """The note, and rows of department, what, by which day."""

    note = forms.CharField(label=gettext_lazy("调度要点"), max_length=1000, widget=forms.Textarea, help_text=gettext_lazy("写事，不写人。"))

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in ROWS:
            wrong = {"invalid": _("请填日期，例如 2026-11-20。")}
            choices = [("", _("不交办")), *departments]
            self.fields[f"body_{number}"] = forms.TypedChoiceField(
                label=_("交办 %(n)d：哪个单位") % {"n": number}, choices=choices, required=False, coerce=int, empty_value=None
            )
            self.fields[f"what_{number}"] = forms.CharField(label=_("交办 %(n)d：做什么") % {"n": number}, required=False, max_length=300)
            day = forms.DateInput(attrs={"type": "date"})
            label = _("交办 %(n)d：到哪天") % {"n": number}
            self.fields[f"due_{number}"] = forms.DateField(label=label, required=False, widget=day, error_messages=wrong)

    def clean(self) -> dict[str, Any]:
        """A row is filled wholly or not at all."""
        given = super().clean() or {}
        for number in ROWS:
            parts = [given.get(f"{name}_{number}") for name in ("body", "what", "due")]
            if any(parts) and not all(parts):
                self.add_error(f"body_{number}", _("单位、做什么、到哪天，三样都要写；不交办就都空着。"))
        return given

    def tasks(self, checks: tuple[str, ...]) -> tuple[do.TaskRow, ...]:
        """The rows that are filled, about the campaign's checks."""
        given = self.cleaned_data
        return tuple(
            do.TaskRow(body_id=given[f"body_{n}"], what=given[f"what_{n}"], due=given[f"due_{n}"], checks=checks)
            for n in ROWS
            if given[f"body_{n}"]
        )


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a session. Refused for anybody but the office that may; what moved is worked out, not typed."""
    powers = powers_of(request)
    row = campaign_of(powers, pk)
    decision = powers.decide(NOTE, row)
    if not decision:
        raise NotAllowed(NOTE, decision.reason)
    departments = [(body.pk, body.name) for body in bodies.bodies(powers, path=county_of(row.path)) if body.kind in KINDS]
    form = SessionForm(request.POST or None, departments=departments)
    if request.method == "POST" and form.is_valid():
        try:
            cmd = do.NoteScheduling(campaign_id=row.pk, note=form.cleaned_data["note"], tasks=form.tasks(tuple(row.checks)))
            do.note_scheduling(powers.actor, cmd)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("记下了，变化已经算好。"))
            return redirect("compliance:campaign", row.pk)
    last = lists.sessions(row)[:1]
    context = {"c": row, "form": form, "last": last[0] if last else None}
    return page(request, "compliance/campaign_session.html", context, nav="campaigns", status=422 if form.errors else 200)


KINDS = ("department", "county_office", "street_office", "party_office", "street_party")
