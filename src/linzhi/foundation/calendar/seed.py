"""The calendar that ships with the project, taken from the chinesecalendar library; needs no Django and no database.

The library follows the State Council's yearly notices. It raises outside the years it knows, so only its tables are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from chinese_calendar import constants

from linzhi.kernel.workcalendar import WorkCalendar

_NAMES = {holiday.value: holiday.chinese for holiday in constants.Holiday}
_SHORT = ("清明", "端午", "中秋")


@dataclass(frozen=True)
class ShippedDay:
    """A day that differs from the week, with the Chinese name of its holiday."""

    day: date
    workday: bool
    name: str


def shipped_years() -> range:
    """Return the years the library knows completely."""
    years = sorted({day.year for day in constants.holidays})
    return range(years[0], years[-1] + 1)


def source_of(year: int) -> str:
    """Return the announcement that a shipped year rests on."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知（经 chinesecalendar 整理）"


@cache
def shipped_days() -> tuple[ShippedDay, ...]:
    """Return the weekdays off and the weekend days worked of all shipped years, in order."""
    off = [ShippedDay(day, False, _name(key)) for day, key in constants.holidays.items() if day.weekday() < 5]
    worked = [ShippedDay(day, True, f"{_name(key)}调休上班") for day, key in constants.workdays.items() if day.weekday() > 4]
    return tuple(sorted(off + worked, key=lambda shipped: shipped.day))


@cache
def shipped_calendar() -> WorkCalendar:
    """Return the shipped calendar with the default office hours."""
    return WorkCalendar(
        exceptions={shipped.day: shipped.workday for shipped in shipped_days()},
        confirmed_years=frozenset(shipped_years()),
    )


def fill(day_model: Any, year_model: Any) -> int:
    """Add the shipped years that the tables don't have yet and return how many; a year that is there is left as it is.

    Takes the models as arguments because a migration has its own versions of them.
    """
    known = set(year_model.objects.values_list("year", flat=True))
    years = [year for year in shipped_years() if year not in known]
    taken = set(day_model.objects.values_list("day", flat=True))
    day_model.objects.bulk_create(
        day_model(day=shipped.day, workday=shipped.workday, name=shipped.name, source=source_of(shipped.day.year))
        for shipped in shipped_days()
        if shipped.day.year in years and shipped.day not in taken
    )
    year_model.objects.bulk_create(year_model(year=year, confirmed=True, source=source_of(year)) for year in years)
    return len(years)


def _name(key: str) -> str:
    chinese: str = _NAMES[key]
    return f"{chinese}节" if chinese in _SHORT else chinese
