"""疑似重复: records with one phone side by side, masked; a worker finds that they are one person, or two."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from pydantic import ValidationError

from linzhi.domains.people import metrics
from linzhi.domains.people.commands import KeepApart, MergePersons, keep_apart, merge_persons
from linzhi.domains.people.pages.frame import asked_of, base
from linzhi.domains.people.queries import roll
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.render import page

SHOWN = 30
ACT = "people.keep_apart"


def view(request: HttpRequest) -> HttpResponse:
    """The look-alikes of a place that nobody has decided on. Refused to whoever may not decide."""
    asked = asked_of(request, ACT)
    every = metrics.alike(asked.place.path)
    groups = every[:SHOWN]
    ids = {pk for group in groups for pk in group.persons}
    persons = roll.persons(asked.powers, ids)
    seen = [[persons[pk] for pk in group.persons if pk in persons] for group in groups]
    context = base(request, asked, "alike") | {
        "groups": [(members, list(combinations([one.pk for one in members], 2))) for members in seen],
        "homes": roll.homes_in(asked.powers, ids),
        "total": len(every),
    }
    return page(request, "people/alike.html", context, nav="people")


def pair(request: HttpRequest, one_id: int, other_id: int) -> HttpResponse:
    """Two records side by side, and what somebody found: one person (with the reason), or two."""
    powers = powers_of(request)
    found = roll.persons(powers, {one_id, other_id})
    if len(found) != 2:
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    one, other = found[one_id], found[other_id]
    decision = powers.decide(ACT, one)
    if not decision:
        raise NotAllowed(ACT, decision.reason)
    fault = ""
    if request.method == "POST":
        try:
            if request.POST.get("answer") == "apart":
                keep_apart(powers.actor, KeepApart(one_id=one_id, other_id=other_id))
                messages.success(request, _("记下了：不是同一人，以后不再问。"))
                return redirect("people:alike")
            keep = other_id if request.POST.get("keep") == str(other_id) else one_id
            cmd = MergePersons(keep_id=keep, drop_id=one_id + other_id - keep, reason=request.POST.get("reason", "")[:200])
            merge_persons(powers.actor, cmd)
            messages.success(request, _("合成了一条。"))
            return redirect("people:person", keep)
        except Refused as refusal:
            fault = refusal.message
        except ValidationError:
            fault = _("请写明凭什么认定是同一个人，至少两个字。")
    context: dict[str, Any] = {
        "persons": [one, other], "homes": roll.homes_in(powers, {one_id, other_id}), "fault": fault,
        "reason": request.POST.get("reason", "")[:200], "keep": request.POST.get("keep", str(min(one_id, other_id))),
    }  # fmt: skip
    return page(request, "people/pair.html", context, nav="people", status=422 if fault else 200)
