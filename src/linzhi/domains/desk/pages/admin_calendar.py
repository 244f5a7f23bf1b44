"""工作日历: which days of a year are worked, on what that rests, and the office hours."""

from __future__ import annotations

import calendar as grids
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.foundation.calendar import queries as calendar
from linzhi.foundation.calendar.models import CalendarDay, CalendarYear
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page

FIRST, LAST = 2000, 2100


@dataclass(frozen=True)
class Cell:
    """One day of a month's grid: `kind` is `off` or `on` where it differs from the week, `rest` for a plain weekend, else empty."""

    day: date
    kind: str
    name: str
    today: bool


def view(request: HttpRequest) -> HttpResponse:
    """A year (`?year=`) as twelve months, its days off and make-up workdays with their sources. For administrators and county offices."""
    powers = powers_of(request)
    queries.require(powers, "desk.view_calendar")
    today = day_of(powers.at)
    year = year_of(request.GET.get("year", ""), today.year)
    days = calendar.days(year)
    named = {one.day: one for one in days}
    known = calendar.years()
    hours = calendar.hours_sets()
    context = {
        "year": year,
        "standing": standing(known.get(year)),
        "row": known.get(year),
        "years": [(each, standing(known.get(each))) for each in range(today.year - 1, today.year + 3)],
        "months": [(month, _weeks(year, month, named, today)) for month in range(1, 13)],
        "days": days,
        "now": next((one for one in hours if one.begin is None or one.begin <= today), hours[-1]),
        "hours": hours,
        "today": today,
        "edits": bool(powers.decide("desk.set_day")),
    }
    return page(request, "desk/admin_calendar.html", context, nav="calendar")


def year_of(text: str, usual: int) -> int:
    """A year from an address. Raises NotFound for what isn't one between 2000 and 2100."""
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal()) or len(text) != 4 or not FIRST <= int(text) <= LAST:
        raise NotFound(_("没有这一年的日历。"))
    return int(text)


def standing(row: CalendarYear | None) -> tuple[str, str]:
    """Whether a year's holidays are announced: the kind of its mark, and words."""
    return ("ok", _("已确认")) if row is not None and row.confirmed else ("warn", _("还没公布"))


def _weeks(year: int, month: int, named: dict[date, CalendarDay], today: date) -> list[list[Cell | None]]:
    return [
        [_cell(day, named.get(day), today) if day.month == month else None for day in week]
        for week in grids.Calendar().monthdatescalendar(year, month)
    ]


def _cell(day: date, row: CalendarDay | None, today: date) -> Cell:
    if row is not None and row.workday != (day.weekday() < 5):
        return Cell(day, "on" if row.workday else "off", row.name, day == today)
    return Cell(day, "rest" if day.weekday() >= 5 else "", "", day == today)
