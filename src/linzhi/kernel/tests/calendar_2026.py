"""The calendar of 2026 as announced, written out so that the rules are tested without any library."""

from __future__ import annotations

from datetime import date, datetime

from linzhi.kernel.clock import BEIJING
from linzhi.kernel.workcalendar import WorkCalendar

OFF = ["01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04", "05-05", "06-19", "09-25"]
OFF += ["10-01", "10-02", "10-05", "10-06", "10-07"]
MADE_UP = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]

YEAR_2026 = WorkCalendar(
    exceptions={date.fromisoformat(f"2026-{day}"): worked for worked, days in ((False, OFF), (True, MADE_UP)) for day in days},
    confirmed_years=frozenset({2026}),
)


def at(text: str) -> datetime:
    """Read a Beijing time such as 2026-11-18T10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
