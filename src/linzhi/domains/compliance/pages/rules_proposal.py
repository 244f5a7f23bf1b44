"""One proposal: what it would change and whom it would touch, shown before anybody approves it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.compliance.pages import rules
from linzhi.domains.compliance.pages.rules_propose import END
from linzhi.domains.compliance.queries.effect import Effect, effect_of
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy import commands, entered, queries
from linzhi.policy.diff import source_of
from linzhi.policy.load import packs
from linzhi.policy.queries import EnteredValue
from linzhi.policy.resolve import Answer
from linzhi.policy.spoken import cited, spoken
from linzhi.web.asker import powers_of
from linzhi.web.forms import sentence
from linzhi.web.render import page

ACTS = {
    "approve": (commands.approve_value, commands.ApproveValue),
    "reject": (commands.reject_value, commands.RejectValue),
    "withdraw": (commands.withdraw_value, commands.WithdrawValue),
}
DONE = {
    "approve": gettext_lazy("批准了，到日子就用。"), "reject": gettext_lazy("退回了，提的人会看到理由。"), "withdraw": gettext_lazy("收回了。"),
}  # fmt: skip


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with its difference and effect; a POST with `act` approves, rejects or withdraws it. 404 for others' places."""
    powers = powers_of(request)
    row = queries.proposal(powers, pk)
    if row is None:
        raise NotFound(_("没有这条规定，或者不在您的范围内。"))
    error, reason = "", request.POST.get("reason", "")
    if request.method == "POST" and (act := request.POST.get("act", "")) in ACTS:
        run, asks = ACTS[act]
        try:
            run(powers.actor, asks(value_id=row.pk, **({} if act == "approve" else {"reason": reason})))
        except ValidationError as wrong:
            error = sentence(wrong.errors(include_url=False, include_input=False)[0])
        except Refused as refusal:
            if refusal.status == 403:
                raise
            error = refusal.message
        else:
            messages.success(request, str(DONE[act]))
            return redirect("compliance:rule", row.pk)
        row.refresh_from_db()
    context = _shown(powers, row) | {"error": error, "reason": reason, "act": request.POST.get("act", "")}
    return page(request, "compliance/rules_proposal.html", context, nav="rules", status=422 if error else 200)


def _shown(powers: Powers, row: EnteredValue) -> dict[str, Any]:
    today = day_of(powers.at)
    waiting = row.state == "proposed"
    mine = row.proposed_by == powers.actor.account_id
    names = rules.names_of([row])
    parameter = packs().parameters.get(row.key)
    found = queries.difference(row) if waiting and parameter is not None else None
    to_come = row.state == "approved" and row.begin > today and row.stopped_by_id is None
    may_decide = waiting and not mine and bool(powers.decide("policy.approve_value", row))
    ended = row.stopped is not None or (row.end is not None and row.end <= today)
    return {
        "line": rules.lines([row], today)[0],
        "row": row,
        "parameter": parameter,
        "new": rules.said_of(row) if row.kind == "set" else "",
        "basis": _basis(row),
        "old": _answer(found.old) if found else _kept(row),
        "again": _answer(found.again) if found else None,
        "overruled": found.overruled if found else (),
        "effects": _effects(row, found) if found else None,
        "proposer": names.get(row.proposed_by, ""),
        "approver": names.get(row.approved_by or 0, ""),
        "answerer": names.get(row.answered_by or 0, ""),
        "may_approve": may_decide,
        "own_wait": waiting and mine,
        "may_withdraw": (waiting or to_come) and bool(powers.decide("policy.withdraw_value", row)) and (mine or not waiting),
        "may_end": row.kind == "set" and row.state == "approved" and not to_come and not ended and bool(powers.decide(END, row)),
        "history": rules.lines([one for one in queries.history(row.path, row.key) if one.pk != row.pk], today),
    }


def _basis(row: EnteredValue) -> str:
    if row.kind == "end":
        return ""
    if row.local:
        return _("本地设定")
    number = f"（{row.number}）" if row.number else ""
    return f"《{row.title}》{number}{row.article}，{row.issuer}"


def _answer(answer: Answer | None) -> tuple[str, str]:
    """The value and its ground in words."""
    if answer is None:
        return _("没有规定"), ""
    return spoken(packs().parameters[answer.key], answer.value), source_of(answer)


def _kept(row: EnteredValue) -> tuple[str, str] | None:
    """What held on the first day when this was approved, as it was kept then."""
    if row.approved_at is None:
        return None
    if row.before is None:
        return _("没有规定"), ""
    source = row.before.get("source")
    ground = f"《{source['title']}》{source['article']}" if source else cited(None, bool(row.before.get("local")))
    parameter = packs().parameters.get(row.key)
    try:
        return spoken(parameter, entered.from_plain(parameter.shape, row.before["value"])) if parameter else str(
            row.before["value"]
        ), ground
    except ValueError:  # the parameter has been described otherwise since
        return str(row.before["value"]), ground


def _effects(row: EnteredValue, found: queries.Difference) -> list[Effect]:
    """What would be met or not met otherwise; nothing of the closed room, which isn't the county office's to see."""
    value = found.new if row.kind == "set" else found.again.value if found.again else None
    if value is None:
        return []
    return [one for one in effect_of(row.path, row.key, value, row.begin) if not one.check.room and (one.fall_out or one.come_in)]
