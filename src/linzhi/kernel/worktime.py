"""When a limit ends, and how much of a unit has passed: one rule for promise, deadline and statistics.

Meaning, with worked examples: docs/algorithms/working-time.md. Every unit is a clock that only moves forward:
a function from a moment to a count, and its inverse. A pause is a stretch in which that clock stands still;
what it takes is the clock's reading at its end less the reading at its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from linzhi.kernel.clock import BEIJING
from linzhi.kernel.limits import Limit, Unit
from linzhi.kernel.workcalendar import MICROSECOND, OFFICE_HOURS, Window, WorkCalendar, local

__all__ = ["OFFICE_HOURS", "Due", "Limit", "Pause", "Unit", "Window", "WorkCalendar", "due", "elapsed"]

_MINUTE = 60_000_000
_STEP = {Unit.MINUTES: _MINUTE, Unit.HOURS: 60 * _MINUTE, Unit.WORKING_HOURS: 60 * _MINUTE, Unit.DAYS: 1, Unit.WORKING_DAYS: 1}
_ZERO = datetime.combine(date.min, time.min)


@dataclass(frozen=True)
class Pause:
    """A stretch in which a limit doesn't run; `end` is None while it still lasts. Both times need a zone."""

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.begin.utcoffset() is None or (self.end is not None and self.end.utcoffset() is None):
            raise ValueError("the times of a pause need a time zone")
        if self.end is not None and self.end < self.begin:
            raise ValueError(f"a pause can't end before it begins: {self.begin.isoformat()}/{self.end.isoformat()}")


@dataclass(frozen=True)
class Due:
    """The end of a limit in Beijing time; `at` is None while an open pause keeps it unknown, and then it isn't confirmed."""

    at: datetime | None
    confirmed: bool


@dataclass(frozen=True)
class _Clock:
    """One unit's count as a function of local time (`read`), and the first moment at which a count is reached (`reach`)."""

    read: Callable[[datetime], int]
    reach: Callable[[int], datetime]


def due(start: datetime, limit: Limit, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return the last moment at which a limit is kept; ValueError for a time without a zone or an end beyond the year 9999."""
    clock, begun, stops = _clock(limit.unit, calendar), local(start), _merged(pauses)
    try:
        if limit.unit.in_days:
            begun = _next_midnight(begun)  # Civil Code 201: the first day isn't counted
        at = _run(begun, limit.amount * _STEP[limit.unit], clock, stops)
        if at is not None and limit.unit is Unit.DAYS:
            at = _after_rest_days(at, calendar, stops)
    except OverflowError:
        raise ValueError(f"the limit of {limit} ends beyond the year 9999") from None
    if at is None:
        return Due(None, False)
    confirmed = limit.unit.on_the_clock or calendar.is_confirmed(local(start).date(), at.date())
    return Due(at.replace(tzinfo=BEIJING), confirmed)


def elapsed(start: datetime, end: datetime, unit: Unit, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> int:
    """Return what has run between two times: whole minutes (working minutes for working hours), or days; begun ones count.

    In working days `elapsed <= n` says the same as `end <= due(n)`. In the other units ask `due` whether a limit was kept: natural
    days move off rest days, and no working minute runs at night. An open pause lasts until `end`. ValueError if `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"the end {end.isoformat()} lies before the start {start.isoformat()}")
    clock, begun, until = _clock(unit, calendar), local(start), local(end)
    if unit.in_days:
        if until.date() == begun.date():
            return 0
        begun = _next_midnight(begun)
        # A day is spent once its close has passed; the day that is running counts as begun.
        until -= MICROSECOND
    ran = clock.read(until) - clock.read(begun)
    for stop, resume in _merged(pauses):
        first, last = max(stop, begun), min(resume or until, until)
        if first < last:
            ran -= clock.read(last) - clock.read(first)
    return ran + 1 if unit.in_days else -(-ran // _MINUTE)


def _run(begun: datetime, amount: int, clock: _Clock, stops: list[tuple[datetime, datetime | None]]) -> datetime | None:
    """Let the clock run from `begun`, standing still during the stops, until it has counted `amount`; None if it never resumes."""
    goal = clock.read(begun) + amount
    for stop, resume in stops:
        if resume is not None and resume <= begun:
            continue
        reading = clock.read(max(stop, begun))
        if goal <= reading:
            break
        if resume is None:
            return None
        goal += clock.read(resume) - reading
    return clock.reach(goal)


def _after_rest_days(at: datetime, calendar: WorkCalendar, stops: list[tuple[datetime, datetime | None]]) -> datetime | None:
    """Move a last day that isn't worked to the next one that is (Civil Code 203) and at whose close no pause is running."""
    if calendar.is_workday(at.date()):
        return at
    return _run(at, 1, _clock(Unit.WORKING_DAYS, calendar), stops)


def _clock(unit: Unit, calendar: WorkCalendar) -> _Clock:
    if unit.on_the_clock:
        return _Clock(lambda moment: (moment - _ZERO) // MICROSECOND, lambda count: _ZERO + timedelta(microseconds=count))
    if unit is Unit.WORKING_HOURS:
        return _Clock(calendar.worked_by, calendar.when_worked)

    def days_closed(moment: datetime) -> int:
        ordinal = moment.toordinal()
        return ordinal if moment >= calendar.close_of(ordinal) else ordinal - 1

    if unit is Unit.DAYS:
        return _Clock(days_closed, lambda count: _close(count, calendar))
    return _Clock(
        lambda moment: calendar.workdays_before(days_closed(moment) + 1),
        lambda count: calendar.close_of(calendar.nth_workday(count)),
    )


def _close(ordinal: int, calendar: WorkCalendar) -> datetime:
    try:
        return calendar.close_of(ordinal)
    except ValueError:
        raise OverflowError("beyond the last date") from None


def _next_midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime | None]]:
    """Return the pauses as local stretches in order, overlapping and touching ones joined, empty ones left out."""
    merged: list[tuple[datetime, datetime | None]] = []
    for pause in sorted(pauses, key=lambda pause: pause.begin):
        begin, end = local(pause.begin), None if pause.end is None else local(pause.end)
        if begin == end:
            continue
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            last = merged[-1][1]
            merged[-1] = (merged[-1][0], None if last is None or end is None else max(last, end))
        else:
            merged.append((begin, end))
    return merged
