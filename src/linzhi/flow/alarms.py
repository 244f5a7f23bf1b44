"""When a limit reminds and whom it calls in: pure functions on plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from linzhi.flow.method import Escalation
from linzhi.kernel.limits import Limit
from linzhi.kernel.worktime import WorkCalendar, due


@dataclass(frozen=True)
class Alarm:
    """One reminder (`remind`), the moment a limit runs out (`overdue`), or a call to those above (`escalate`)."""

    at: datetime
    kind: str
    to: tuple[str, ...] = ()


def plan(start: datetime, due_at: datetime, remind: Sequence[str], escalate: Sequence[Escalation], calendar: WorkCalendar) -> list[Alarm]:
    """Every alarm of one limit, in order: reminders at fractions of the way, the end, then the escalations after it."""
    alarms = [Alarm(start + (due_at - start) * Fraction(part).numerator / Fraction(part).denominator, "remind") for part in remind]
    alarms.append(Alarm(due_at, "overdue"))
    for step in escalate:
        at = due(due_at, Limit.parse(step.after), calendar).at if step.after else due_at
        alarms.append(Alarm(at or due_at, "escalate", step.to))
    return sorted(alarms, key=lambda alarm: alarm.at)
