"""A case in staff's eyes: every line with who did it, public words and internal notes apart, every clock, every dispatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Photo, Request
from linzhi.flow import queries as flow
from linzhi.flow.models import Clock, Happening
from linzhi.flow.promise import limit_words
from linzhi.foundation.access.actions import all_actions
from linzhi.foundation.accounts import queries as accounts
from linzhi.web.words import moment

OWN = {
    "requests.report", "requests.add_note", "requests.withdraw", "requests.rate", "requests.confirm_solved", "requests.reject_result",
    "requests.reopen",
}  # fmt: skip
"""What the reporter does."""
STAGES = {"work": {"requests.record_progress"}, "result": {"requests.give_feedback", "requests.handle_directly"}}


@dataclass(frozen=True)
class Line:
    """One happening: what, by whom, the words for the reporter, the note for staff, photos that came with it."""

    at: datetime
    title: str
    who: str
    public: str
    internal: str
    now: bool
    photos: list[Photo] = field(default_factory=list)


def story(case: Request, photos: Sequence[Photo], *, internal: bool) -> list[Line]:
    """The history, newest first; without `internal` the notes are left out, and lines that hold nothing else with them."""
    lines = flow.history(case.matter)
    names = accounts.names(_account(line) for line in lines)
    known = bodies.body_names([line.body_id for line in lines] + [line.data.get("body_id") for line in lines])
    titles = _titles(case)
    found: list[Line] = []
    for line in lines:
        if line.act == "requests.add_remark" and not internal:
            continue
        to = known.get(line.data.get("body_id") or 0, "")
        title = titles.get(line.act) or line.act
        here = [photo for photo in photos if photo.at == line.at and line.act in STAGES.get(photo.stage, ())]
        found.append(
            Line(
                line.at, f"{title} → {to}" if to else title, _who(line, case, names, known), line.public,
                line.internal if internal else "", not found and case.matter.closed_at is None, here,
            )
        )  # fmt: skip
    return found


def _titles(case: Request) -> dict[str, str]:
    """Act to its name in the case's own method, else the action's."""
    method = flow.method_of(case.matter)
    named = {action.code: str(action.title) for action in all_actions() if action.area in ("requests", "flow")}
    specs = [*method.anywhere, *(act for step in method.steps for act in step.acts)]
    return named | {act.act: act.title for act in specs if act.title} | {"requests.report": _("报了这件事")}


def _account(line: Happening) -> int | None:
    kind, _colon, number = line.actor.partition(":")
    return int(number) if kind in ("person", "app") and number.isdigit() else None


def _who(line: Happening, case: Request, names: dict[int, str], known: dict[int, str]) -> str:
    account = _account(line)
    if line.actor.startswith("system:"):
        return _("系统")
    if account is None or (account == case.reporter_id and (line.body_id is None or line.act in OWN)):
        return _("报事人")  # never by name: who reported is sealed, also when it is somebody with a post
    return "　".join(part for part in (known.get(line.body_id or 0, ""), names.get(account, "")) if part)


@dataclass(frozen=True)
class ClockRow:
    """A limit: how long, by which rule, until when, and what came of it."""

    title: str
    limit: str
    source: str
    due_at: datetime | None
    stopped_at: datetime | None
    kept: bool | None
    paused: bool
    confirmed: bool
    notes: list[str]


def clock_rows(case: Request) -> list[ClockRow]:
    """Every clock that ran or runs: those that run first, the nearest on top; the stopped ones newest first."""
    rows = list(flow.clocks(case.matter))
    running = sorted((row for row in rows if row.stopped_at is None), key=lambda row: (row.due_at is None, row.due_at))
    stopped = sorted((row for row in rows if row.stopped_at is not None), key=lambda row: row.stopped_at or row.started_at, reverse=True)
    return [_clock(row, case) for row in (*running, *stopped)]


def _clock(row: Clock, case: Request) -> ClockRow:
    notes = []
    if row.counts_from != row.started_at:
        notes.append(_("下班后提出，从下次上班算起"))
    if row.extension:
        notes.append(_("延长了 %(limit)s") % {"limit": limit_words(row.extension)})
    if row.round > 1:
        notes.append(_("第 %(n)d 轮") % {"n": row.round})
    paused = case.matter.paused and row.pausable and row.stopped_at is None
    return ClockRow(row.title, limit_words(row.limit), row.source, row.due_at, row.stopped_at, row.kept, paused, row.confirmed, notes)


@dataclass(frozen=True)
class DispatchRow:
    """A handing of the case to a body, and what came of it."""

    body: str
    joint: bool
    at: datetime
    state: str
    reason: str


def dispatch_rows(case: Request) -> list[DispatchRow]:
    """Every dispatch, newest first."""
    rows = list(case.dispatches.order_by("-pk"))
    names = bodies.body_names(row.body_id for row in rows)
    return [
        DispatchRow(names.get(row.body_id, ""), row.kind == "joint", row.at, _standing(row), row.return_reason or row.result)
        for row in rows
    ]


def _standing(row: Any) -> str:
    if row.returned_at:
        return _("退回")
    if row.ended_at:
        return _("办完") if row.signed_at or row.result else _("已结束")
    return _("已签收") if row.signed_at else _("等签收")


def state_of(case: Request) -> queries.State:
    """Where a case stands: the family, and the step as its method calls it, or the outcome of one closed without a fix."""
    usual = queries.state_of(case, own=False)
    return usual if case.matter.closed_at is not None else queries.State(usual.family, flow.step_of(case.matter).title)


def waits(case: Request) -> list[str]:
    """What the case waits for beside its step: the end of a pause, the answer to a wish for more time."""
    said = []
    pause = case.matter.pauses.filter(end__isnull=True).first() if case.matter.paused else None
    if pause is not None:
        until = moment(pause.until) if pause.until else _("另行恢复")
        said.append(_("挂账到 %(until)s：%(reason)s") % {"until": until, "reason": pause.reason})
    asked = case.matter.extensions.filter(decided_at__isnull=True).first() if case.matter.extension_open else None
    if asked is not None:
        said.append(_("申请延期 %(limit)s，等批复：%(reason)s") % {"limit": limit_words(asked.limit), "reason": asked.reason})
    return said
