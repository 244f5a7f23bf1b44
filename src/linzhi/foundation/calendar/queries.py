"""The work calendar as a plain value, kept in the process and read again when an edit has changed its version."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db import DatabaseError, transaction

from linzhi.foundation.calendar.models import CalendarDay, CalendarVersion, CalendarYear, OfficeHours
from linzhi.foundation.calendar.seed import shipped_calendar
from linzhi.kernel import clock
from linzhi.kernel.workcalendar import OFFICE_HOURS, Window, WorkCalendar

MAX_AGE_SECONDS = 2
"""How long a process may go on with the calendar it holds before it looks whether another one has edited it."""

ABSENT = "absent"


@dataclass(frozen=True)
class _Held:
    """A calendar for each set of office hours, from the date it is in force; the first is the default, from the beginning."""

    version: str
    calendars: tuple[tuple[date, WorkCalendar], ...]


_held: _Held | None = None
_looked = 0.0


def work_calendar(on: date | None = None) -> WorkCalendar:
    """Return the calendar with the office hours in force on a date (default today).

    Without tables, or with no year in them, it is the one that ships with the project. An edit is seen at once by
    the process that made it and within `MAX_AGE_SECONDS` by the others.
    """
    day = on or clock.now().date()
    calendars = _current().calendars
    return next(calendar for begin, calendar in reversed(calendars) if begin <= day)


@dataclass(frozen=True)
class HoursSet:
    """Office hours in force from a day on; `begin` is None for the default that ships with the project, which has no source."""

    begin: date | None
    windows: tuple[Window, ...]
    source: str


def hours_sets() -> list[HoursSet]:
    """Every set of office hours, the newest first, the default last."""
    rows = OfficeHours.objects.order_by("begin", "opens").values_list("begin", "opens", "closes", "source")
    sets = [HoursSet(None, OFFICE_HOURS, "")]
    for begin, group in groupby(rows, key=lambda row: row[0]):
        kept = list(group)
        sets.append(HoursSet(begin, tuple(Window(opens, closes) for _, opens, closes, _source in kept), kept[0][3]))
    return sets[::-1]


def years() -> dict[int, CalendarYear]:
    """The years that the table knows; one that isn't there, or isn't confirmed, is not announced."""
    return {row.year: row for row in CalendarYear.objects.order_by("year")}


def days(year: int) -> list[CalendarDay]:
    """The days of a year that differ from the week, in order; a day that was put back to what the week says is left out."""
    rows = CalendarDay.objects.filter(day__year=year).order_by("day")
    return [row for row in rows if row.workday != (row.day.weekday() < 5)]


def forget() -> None:
    """Read the calendar again at the next question; called after each edit."""
    global _held
    _held = None


def _current() -> _Held:
    global _held, _looked
    # The age of what is held is no moment in anybody's day, so the clock of the process measures it.
    present = time.monotonic()
    held = _held
    # Tests roll their edits back, which no version tells; they look every time.
    if held is not None and settings.MODE != "test" and present - _looked < MAX_AGE_SECONDS:
        return held
    version = _token() if held is not None and held.version != ABSENT else _version()
    if held is None or held.version != version:
        held = _load(version)
    _held, _looked = held, present
    return held


def _version() -> str:
    """Return the version's token, or `ABSENT` without tables."""
    try:
        # The savepoint keeps a transaction that is open usable when the table is absent.
        with transaction.atomic():
            return _token()
    except DatabaseError:
        return ABSENT


def _token() -> str:
    """Return the version's token, "" before the first edit."""
    return CalendarVersion.objects.values_list("token", flat=True).first() or ""


def _load(version: str) -> _Held:
    confirmed: frozenset[int] = frozenset()
    if version != ABSENT:
        confirmed = frozenset(CalendarYear.objects.filter(confirmed=True).values_list("year", flat=True))
    exceptions = dict(CalendarDay.objects.values_list("day", "workday")) if confirmed else shipped_calendar().exceptions
    hours = [(date.min, OFFICE_HOURS), *(_office_hours() if version != ABSENT else [])]
    years = confirmed or shipped_calendar().confirmed_years
    return _Held(version, tuple((begin, WorkCalendar(windows, exceptions, years)) for begin, windows in hours))


def _office_hours() -> list[tuple[date, tuple[Window, ...]]]:
    rows = OfficeHours.objects.order_by("begin", "opens").values_list("begin", "opens", "closes")
    return [(begin, tuple(Window(opens, closes) for _, opens, closes in group)) for begin, group in groupby(rows, key=lambda row: row[0])]
