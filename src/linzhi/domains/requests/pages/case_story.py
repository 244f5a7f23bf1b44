"""A request in residents' words: where it stands, what is promised, what happened. Internal notes never come here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Photo, Request
from linzhi.domains.requests.rules import public_text
from linzhi.flow import queries as flow
from linzhi.flow.method import Step
from linzhi.flow.models import Clock, Happening
from linzhi.flow.promise import limit_words
from linzhi.foundation.access.actions import role_title
from linzhi.kernel.limits import Limit
from linzhi.web.words import duration

# What happened, by act. %(who)s: the body that did it; %(to)s: the body it was given to.
LINES: dict[str, Any] = {
    "requests.record": _("%(who)s替人记下了这件事"),
    "requests.take_sheet": _("热线转来了这件事"),
    "requests.split": _("这件事拆成几件来办"),
    "requests.respond": _("%(who)s接了这件事"),
    "requests.accept": _("%(who)s受理了这件事"),
    "requests.decline": _("%(who)s没有受理"),
    "requests.mark_duplicate": _("和另一件是同一件事，并到一起办"),
    "requests.handle_directly": _("%(who)s自己办好了"),
    "requests.dispatch": _("派给%(to)s"),
    "requests.whistle": _("%(who)s请街道派单"),
    "requests.escalate": _("%(who)s交给上一级"),
    "requests.send_back": _("退回社区来办"),
    "requests.assign_finally": _("指定由%(to)s来办，不再退"),
    "requests.sign": _("%(who)s接单了"),
    "requests.return_dispatch": _("%(who)s说不归它办，退了回来"),
    "requests.record_progress": _("%(who)s说了进展"),
    "requests.finish_work": _("%(who)s说做完了"),
    "requests.give_feedback": _("%(who)s说办好了"),
    "requests.hand_over": _("转给%(to)s"),
    "requests.invite_joint": _("请%(to)s一起办"),
    "requests.verify": _("%(who)s看过了，请报事人看看"),
    "requests.redo": _("%(who)s看过，没办好，重办"),
    "requests.conclude": _("%(who)s如实结案：没有办成"),
    "requests.follow_up": _("%(who)s回访过了"),
    "requests.answer_rating": _("%(who)s答复了评价"),
    "flow.renew_limits": _("放假安排公布了，时限重新算过"),
    "requests.suspend": _("一时办不了，先记下，暂停计时"),
    "requests.resume": _("接着办，重新计时"),
    "requests.supervise": _("%(who)s督办"),
    "requests.request_extension": _("%(who)s申请多要些时间"),
    "requests.grant_extension": _("同意多给些时间"),
    "requests.refuse_extension": _("没有同意延期"),
    "requests.claim_beyond_power": _("%(who)s说超出了权限，等另一人核实"),
    "requests.confirm_beyond_power": _("另一人核实了：确实超出权限"),
    "requests.reject_beyond_power": _("另一人核实了：没有超出权限，接着办"),
}
OWN_LINES: dict[str, Any] = {"requests.verify": _("%(who)s看过了，请您看看")}
"""What is said to the reporter in other words than to everybody."""
REPORTERS: dict[str, tuple[Any, Any]] = {
    "requests.report": (_("您报了这件事"), _("有人报了这件事")),
    "requests.add_note": (_("您补充了一句"), _("报事人补充了一句")),
    "requests.withdraw": (_("您撤回了"), _("报事人撤回了")),
    "requests.confirm_solved": (_("您说解决了"), _("报事人说解决了")),
    "requests.reject_result": (_("您说没解决，重新办"), _("报事人说没解决，重新办")),
    "requests.rate": (_("您评价了"), _("报事人评价了")),
    "requests.reopen": (_("又出问题了，您重新打开"), _("又出问题了，重新打开")),
}


@dataclass(frozen=True)
class Promised:
    """Who has to do what by when; `why` is the limit and its source, in sentences."""

    who: str
    doing: str
    due_at: datetime | None
    paused: bool
    confirmed: bool
    why: list[str]


def promised(request: Request, at: datetime) -> list[Promised]:
    """The limits that run now, nearest first. What waits for the reporter is the big question of the page, not a promise."""
    matter = request.matter
    if matter is None:
        return []
    step = flow.step_of(matter)
    own_turn = f"step:{step.id}" if queries.asks_reporter(step) else ""
    rows = [clock for clock in flow.clocks(matter) if clock.stopped_at is None and clock.key != own_turn]
    rows.sort(key=lambda clock: (clock.due_at is None, clock.due_at))
    default = _who_acts(request, step, at)
    asked = {limit.id: limit.tasks_for for limit in flow.method_of(matter).limits}
    found = []
    for row in rows:
        doing = flow.promise_of(matter, row.key) or row.title
        who = _people(request, asked[row.key], at) if asked.get(row.key) else default
        found.append(Promised(who, doing, row.due_at, matter.paused and row.pausable, row.confirmed, _why(row)))
    return found


def _who_acts(request: Request, step: Step, at: datetime) -> str:
    """The body that has it, else the people of the place whose turn it is, by name where their post is public."""
    handler = request.matter.handler_body_id if request.matter else None
    if "handler" in step.by and handler is not None:
        return bodies.body_names([handler]).get(handler, "")
    return _people(request, step.tasks_for or step.by, at)


def _people(request: Request, roles: Sequence[str], at: datetime) -> str:
    """The first of these roles, with the name of who holds it where the post is public."""
    first = next((role for role in roles if role not in ("reporter", "handler", "joint", "system")), "")
    name = next((card.name for card in bodies.contacts(request.path, at) if card.role == first and card.name), "")
    return f"{role_title(first)} {name}".strip() if first else ""


def _why(clock: Clock) -> list[str]:
    said = [str(_("%(title)s：%(limit)s内。")) % {"title": clock.title, "limit": limit_words(clock.limit)}]
    if clock.source:
        said.append(str(_("依据：%(source)s。")) % {"source": clock.source})
    if clock.counts_from != clock.started_at:
        said.append(str(_("下班时间提出的，从下一次上班算起。")))
    if clock.extension:
        said.append(str(_("经批准延长了 %(limit)s。")) % {"limit": limit_words(clock.extension)})
    if not clock.confirmed:
        said.append(str(_("那一年的放假安排还没公布，时间是暂定的。")))
    return said


def timeline(request: Request, *, own: bool, full: bool, photos: Sequence[Photo]) -> list[dict[str, object]]:
    """What happened, newest first, in words for the reporter (`own`) or others; without `full` people's details are masked."""
    matter = request.matter
    if matter is None:
        return []
    lines = flow.history(matter)
    names = bodies.body_names([line.body_id for line in lines] + [line.data.get("body_id") for line in lines])
    stopped = list(flow.clocks(matter).filter(stopped_at__isnull=False))
    entries: list[dict[str, object]] = []
    for line in lines:
        title = _title(line, names, own)
        if not title:
            continue
        here = [photo for photo in photos if photo.at == line.at and photo.stage != "report"]
        text = line.public if full else public_text(line.public)
        entry: dict[str, object] = {"at": line.at, "title": title, "strong": bool(text), "text": text, "meta": _kept(line, stopped)}
        if here:
            entry |= {"photos": len(here), "photos_href": "#photos"}
        entries.append(entry)
    if entries and matter.closed_at is None:
        entries[0]["state"] = "now"
    return entries


def _title(line: Happening, names: dict[int, str], own: bool) -> str:
    if line.act in REPORTERS and line.actor.partition(":")[0] in ("person", "anonymous", "app"):
        by_staff = line.body_id is not None and line.act in (queries.ANSWERS, "requests.reject_result", "requests.reopen")
        return str(REPORTERS[line.act][0 if own and not by_staff else 1])
    if line.act in LINES:
        words = OWN_LINES.get(line.act, LINES[line.act]) if own else LINES[line.act]
        who = names.get(line.body_id or 0, str(_("工作人员")))
        return str(words) % {"who": who, "to": names.get(line.data.get("body_id") or 0, str(_("承办单位")))}
    return str(_("有了进展")) if line.public else ""


def _kept(line: Happening, stopped: Sequence[Clock]) -> str:
    """Whether this act kept the time that was promised for it."""
    clock = next((one for one in stopped if one.stopped_at == line.at and one.kept is not None), None)
    if clock is None or line.act not in ("requests.respond", "requests.accept", "requests.give_feedback", "requests.answer_rating"):
        return ""
    limit = limit_words(clock.limit)
    if not clock.kept:
        return str(_("超时了：说好 %(limit)s内")) % {"limit": limit}
    if Limit.parse(clock.limit.replace("_", " ")).unit.on_the_clock and clock.stopped_at is not None:
        return str(_("用了 %(span)s，说好 %(limit)s内")) % {"span": duration(clock.stopped_at - clock.started_at), "limit": limit}
    return str(_("按时，说好 %(limit)s内")) % {"limit": limit}


def part_rows(request: Request, *, own: bool) -> list[dict[str, object]]:
    """The parts that a request was split into, with where each stands."""
    return [
        {"request": part, "title": public_text(part.title), "state": queries.state_of(part, own=own)} for part in queries.parts_of(request)
    ]
