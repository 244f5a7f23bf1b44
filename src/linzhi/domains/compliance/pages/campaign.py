"""挂图作战: one campaign by place, with its milestones, what has moved, the sessions; printed for the wall."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance import commands as do
from linzhi.domains.compliance.models import Campaign
from linzhi.domains.compliance.pages import board_map
from linzhi.domains.compliance.pages.frame import labels
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.queries import campaigns as lists
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import ESTATE_LENGTH, covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.jinja import query
from linzhi.web.render import page

CLOSE, NOTE = "compliance.close_campaign", "compliance.note_scheduling"
WEEK = timedelta(days=7)


def campaign_of(powers: Powers, pk: int) -> Campaign:
    """The campaign, or NotFound for one that the asker may not see."""
    row = lists.campaign(powers, pk)
    if row is None:
        raise NotFound(_("没有这个行动，或者不在您的范围内。"))
    return row


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a campaign at the asker's widest place in it, or at one below. Refused (404) for what the asker may not see."""
    powers = powers_of(request)
    row = campaign_of(powers, pk)
    root = lists.root(powers, row)
    place = boards.place_of(powers, request.GET.get("place", "") or root.code)
    if not covers(root.path, place.path) or len(place.path) > ESTATE_LENGTH - 5:
        raise NotFound(_("这个行动里没有这个地方。"))
    today = day_of(row.closed or powers.at)
    sessions = lists.sessions(row)
    since = _since(request.GET.get("since", ""), row, sessions[0].at.date() if sessions else None, today)
    wall = lists.wall(powers, row, place, since)
    chosen = next((check for check in wall.checks if check.code == request.GET.get("check", "")), None)
    tasks = lists.tasks(powers, open_only=False, campaign_id=row.pk)
    titles = {check.code: check.entry.title for check in wall.checks}
    context = {
        "c": row,
        "wall": wall,
        "marks": lists.marks(row, wall.total, today),
        "line": [(step.name, step.code) for step in territory.line(place.path) if covers(root.path, step.path)],
        "map": board_map.drawn(wall.board, powers, chosen, _place_href(request)),
        "chosen": chosen,
        "options": [("", _("最差的一项")), *titles.items()],
        "links": lists.links(powers, place.path),
        "sessions": sessions,
        "titles": titles,
        "tasks": tasks,
        "bodies": bodies.body_names([*(task.body_id for task in tasks), *(link.body_id for link in lists.links(powers, place.path))]),
        "places": labels([place.path, *(link.path for link in lists.links(powers, place.path))]),
        "today": today,
        "deep": len(place.path) >= ESTATE_LENGTH - 5,
        "may_close": row.closed is None and bool(powers.decide(CLOSE, row)),
        "may_note": row.closed is None and bool(powers.decide(NOTE, row)),
    }
    return page(request, "compliance/campaign.html", context, nav="campaigns")


def _place_href(request: HttpRequest) -> board_map.Href:
    def href(code: str, level: str) -> str:
        if level == "estate":
            return reverse("compliance:standing_estate", args=[code])
        return query(request.GET, place=code)

    return href


def _since(given: str, row: Campaign, last: date | None, today: date) -> date:
    """The day to compare with: the one given, else the last session's, else a week ago; never before the campaign."""
    try:
        day = date.fromisoformat(given) if given else last or today - WEEK
    except ValueError:
        day = today - WEEK
    return min(max(day, row.begun), today)


class OutcomeForm(Form):
    """What came of a campaign."""

    outcome = forms.CharField(
        label=gettext_lazy("结果"), max_length=300, min_length=4, widget=forms.Textarea,
        help_text=gettext_lazy("一句话：做到了多少，还差什么，接下来怎么办。"),
        error_messages={"min_length": gettext_lazy("写清楚一点，至少四个字。")},
    )  # fmt: skip


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a campaign with what came of it. Refused for anybody but the office that may."""
    powers = powers_of(request)
    row = campaign_of(powers, pk)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do.close_campaign(powers.actor, do.CloseCampaign(campaign_id=row.pk, **form.cleaned_data))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("行动结束了。没销号的还留在查缺补漏里。"))
            return redirect("compliance:campaign", row.pk)
    context = {"c": row, "form": form}
    return page(request, "compliance/campaign_close.html", context, nav="campaigns", status=422 if form.errors else 200)
