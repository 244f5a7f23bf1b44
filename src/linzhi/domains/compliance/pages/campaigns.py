"""销号: the campaigns that concern the asker, and opening one, from a pack or of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.compliance import commands as do
from linzhi.domains.compliance.models import Campaign
from linzhi.domains.compliance.pages.frame import labels
from linzhi.domains.compliance.queries import campaigns as lists
from linzhi.domains.compliance.queries.board import place_of, widest
from linzhi.domains.compliance.queries.evaluation import checks_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.policy.checks import Check
from linzhi.policy.queries import pack_for
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

VIEW, OPEN = "compliance.view_campaign", "compliance.open_campaign"
ROWS = (1, 2, 3)


def listed(request: HttpRequest) -> HttpResponse:
    """The campaigns of the asker's places and around them. Refused without a post that looks after a register."""
    powers = powers_of(request)
    widest(powers, VIEW)
    rows = lists.campaigns(powers)
    context = {"rows": rows, "places": labels([row.path for row in rows]), "today": day_of(powers.at), "may_open": _may_open(powers)}
    return page(request, "compliance/campaigns.html", context, nav="campaigns")


def _may_open(powers: Powers) -> bool:
    return powers.has_role("county_officer", "county_party_officer")


class OpenForm(Form):
    """A campaign of one's own: every milestone counts all the chosen checks."""

    title = forms.CharField(label=gettext_lazy("行动名称"), max_length=60)
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("哪份文件、哪次会议。"))
    checks = forms.MultipleChoiceField(label=gettext_lazy("看哪几项"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, checks: list[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checks"].choices = [(check.code, check.entry.title) for check in checks]  # type: ignore[attr-defined]
        for number in ROWS:
            first = number == 1
            self.fields[f"milestone_{number}"] = forms.CharField(
                label=_("第 %(n)d 个阶段") % {"n": number},
                max_length=40,
                required=first,
                error_messages={"required": _("请写第一个阶段做到什么。")},
            )
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("第 %(n)d 个阶段到哪天") % {"n": number}, required=first, widget=forms.DateInput(attrs={"type": "date"}),
                error_messages={"invalid": _("请填日期，例如 2026-11-20。"), "required": _("请写第一个阶段到哪天。")},
            )  # fmt: skip

    def milestones(self) -> tuple[do.MilestoneRow, ...]:
        """The rows that are filled."""
        given = self.cleaned_data
        return tuple(
            do.MilestoneRow(title=given[f"milestone_{number}"], day=given[f"day_{number}"], checks=tuple(given["checks"]))
            for number in ROWS
            if given[f"milestone_{number}"] and given[f"day_{number}"]
        )


def new(request: HttpRequest) -> HttpResponse:
    """Open a campaign over a place. Refused for anybody but the office of the county, of either room."""
    powers = powers_of(request)
    if not _may_open(powers):
        raise NotAllowed(OPEN, powers.decide(OPEN).reason)
    place = place_of(powers, request.GET.get("place", ""))
    room = "party" if powers.has_role("county_party_officer") else ""
    checks = [one for one in checks_of(pack_for(place.path), day_of(powers.at)).values() if powers.decide(OPEN, _would(place, one.room))]
    offered = [
        one for one in lists.on_offer(place.path)
        if powers.decide(OPEN, _would(place, "party" if _of_party(one.entry.checks, place) else ""))
    ]  # fmt: skip
    own = request.method == "POST" and not request.POST.get("campaign")
    form = OpenForm(request.POST if own else None, checks=checks)
    if request.method == "POST":
        made = _opened(request, powers, place, form, own=own)
        if made is not None:
            messages.success(request, _("行动开始了。"))
            return redirect("compliance:campaign", made.pk)
    context = {"place": place, "form": form, "offered": offered, "room": room}
    return page(request, "compliance/campaign_new.html", context, nav="campaigns", status=422 if form.errors else 200)


def _would(place: Territory, room: str) -> Campaign:
    return Campaign(path=place.path, room=room)


def _of_party(codes: list[str], place: Territory) -> bool:
    checks = lists.checks_named(codes, place.path)
    return any(check.room for check in checks)


def _opened(request: HttpRequest, powers: Powers, place: Territory, form: OpenForm, *, own: bool) -> Campaign | None:
    try:
        if not own:
            return do.open_campaign(powers.actor, do.OpenCampaign(place=place.code, campaign=request.POST["campaign"]))
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("title", "basis")}
            checks = tuple(form.cleaned_data["checks"])
            cmd = do.OpenCampaign(place=place.code, checks=checks, milestones=form.milestones(), **given)
            return do.open_campaign(powers.actor, cmd)
    except (Refused, ValidationError) as error:
        if own:
            errors_from(error, form)
        else:
            messages.error(request, error.message if isinstance(error, Refused) else _("没有这个行动。"))
    return None
