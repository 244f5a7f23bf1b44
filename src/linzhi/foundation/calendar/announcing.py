"""Editing the calendar. Called only from inside commands (`desk.set_day`, `desk.announce_year`...)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from linzhi.foundation.calendar import queries
from linzhi.foundation.calendar.models import CalendarDay, CalendarVersion, CalendarYear, OfficeHours
from linzhi.foundation.calendar.seed import ShippedDay, fill
from linzhi.kernel.refused import Refused
from linzhi.kernel.workcalendar import Window, WorkCalendar


@transaction.atomic
def set_day(day: date, *, workday: bool, name: str, source: str) -> CalendarDay:
    """Say whether a day is worked. Refused without a name or a source."""
    _require(name, "name", _("请写明这一天的名称，例如“国庆节”。"))
    _require(source, "source", _("请写明依据，例如通知的名称和文号。"))
    row, _created = CalendarDay.objects.update_or_create(day=day, defaults={"workday": workday, "name": name, "source": source})
    _renew()
    return row


@transaction.atomic
def announce_year(year: int, days: Iterable[ShippedDay], *, source: str) -> CalendarYear:
    """Confirm a year with the days that differ from the week, in place of what the table had for it.

    A notice may also reach into the December before (a make-up day before New Year); any other day of another year is
    refused, and so are a day named twice and a missing source.
    """
    _require(source, "source", _("请写明依据，例如通知的名称和文号。"))
    announced = list(days)
    for entry in announced:
        if entry.day.year != year and (entry.day.year, entry.day.month) != (year - 1, 12):
            message = _("%(day)s 不在 %(year)s 年的安排里。请检查日期。") % {"day": entry.day, "year": year}
            raise Refused("calendar.day_outside_year", message, field="days", day=entry.day.isoformat())
    dates = [entry.day for entry in announced]
    if len(set(dates)) != len(dates):
        raise Refused("calendar.day_twice", _("同一天写了两次。请只留一次。"), field="days")
    CalendarDay.objects.filter(day__year=year).delete()
    CalendarDay.objects.filter(day__in=dates).delete()
    CalendarDay.objects.bulk_create(CalendarDay(day=e.day, workday=e.workday, name=e.name, source=source) for e in announced)
    row, _created = CalendarYear.objects.update_or_create(year=year, defaults={"confirmed": True, "source": source})
    _renew()
    return row


@transaction.atomic
def set_office_hours(begin: date, windows: Sequence[Window], *, source: str = "") -> None:
    """Set the office hours in force from a date. Refused when there are none or they overlap or are out of order."""
    try:
        WorkCalendar(windows=tuple(windows))
    except ValueError:
        raise Refused("calendar.office_hours", _("办公时段要按先后写，不能重叠，至少一段。"), status=422, field="windows") from None
    OfficeHours.objects.filter(begin=begin).delete()
    OfficeHours.objects.bulk_create(OfficeHours(begin=begin, opens=w.opens, closes=w.closes, source=source) for w in windows)
    _renew()


@transaction.atomic
def seed() -> int:
    """Add the shipped years that the tables don't have yet (after an upgrade) and return how many; edited years stay as they are."""
    added = fill(CalendarDay, CalendarYear)
    if added:
        _renew()
    return added


def _require(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise Refused(f"calendar.{field}_missing", message, status=422, field=field)


def _renew() -> None:
    CalendarVersion.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(16)})
    queries.forget()
    transaction.on_commit(queries.forget)
