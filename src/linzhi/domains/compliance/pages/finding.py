"""One finding: what is amiss, who mends it by when, its history; whoever may, files the reason why it isn't mended yet."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.compliance import queries
from linzhi.domains.compliance.commands import ExcuseFinding, excuse_finding
from linzhi.domains.compliance.pages.frame import door, labels, who
from linzhi.domains.compliance.queries.board import visible_findings
from linzhi.domains.compliance.queries.why import marks, standing
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.checks import FORCES
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

EXCUSE = "compliance.excuse_finding"


class ExcuseForm(Form):
    """Why it can't or needn't be mended now, and until when that holds."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=300, widget=forms.Textarea, help_text=gettext_lazy("写清楚卡在哪里、打算怎么办。")
    )
    until = forms.DateField(
        label=gettext_lazy("有效到"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("最长一年，到期要重新说明。"), error_messages={"invalid": gettext_lazy("请填日期，例如 2026-11-20。")},
    )  # fmt: skip


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The finding with its history; a POST files a reason. Refused (404) for what the asker may not see."""
    powers = powers_of(request)
    row = queries.Finding.objects.filter(visible_findings(powers), pk=pk).first()
    if row is None:
        raise NotFound(_("没有这条，或者不在您的范围内。"))
    may_excuse = row.closed is None and bool(powers.decide(EXCUSE, row))
    form = ExcuseForm(request.POST or None, initial={"until": row.excused_until, "reason": row.excused_reason})
    if request.method == "POST" and form.is_valid():
        try:
            excuse_finding(powers.actor, ExcuseFinding(finding_id=row.pk, **form.cleaned_data))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("理由记下了，到期前显示为黄色。"))
            return redirect("compliance:finding", row.pk)
    check = queries.check_of(row.pack, row.check_code)
    kind, _colon, ref = row.subject.partition(":")
    subject = standing(kind, int(ref)) if ref.isdigit() and kind.isalpha() else None
    place = Territory.objects.filter(path=row.path).first()
    history = queries.Finding.objects.filter(check_code=row.check_code, subject=row.subject).order_by("-opened", "-pk")
    context = {
        "f": row,
        "check": check,
        "place": labels([row.path])[row.path],
        "owner": role_title(row.owner),
        "force": FORCES.get(row.force, row.force),
        "marks": marks(check) if check else (),
        "door": reverse("places:estate", args=[row.code]) if row.code else door(check, kind, place.code if place else "") if check else "",
        "why": reverse("compliance:why", args=[kind, subject.ref, row.check_code]) if subject and check and not check.entry.none else "",
        "excused_by": who(row.excused_by),
        "history": list(history),
        "today": day_of(powers.at),
        "may_excuse": may_excuse,
        "form": form,
    }
    return page(request, "compliance/finding.html", context, nav="findings", status=422 if form.errors else 200)
