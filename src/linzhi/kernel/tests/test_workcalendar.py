"""Counting working days and office hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.kernel.tests.calendar_2026 import YEAR_2026
from linzhi.kernel.workcalendar import Window, WorkCalendar, local

DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2026-11-21", False),
        ("2027-01-01", True),
    ],
)
def test_exceptions_come_before_the_week(day: str, worked: bool) -> None:
    assert YEAR_2026.is_workday(date.fromisoformat(day)) is worked


@given(DAYS, DAYS)
def test_working_days_between_two_dates_are_those_one_would_count(first: date, last: date) -> None:
    first, last = min(first, last), max(first, last)
    counted = sum(YEAR_2026.is_workday(first + timedelta(days=i)) for i in range((last - first).days))
    assert YEAR_2026.workdays_between(first, last) == counted


@given(st.dates(date(1, 2, 1), date(9998, 1, 1)).filter(lambda day: day.weekday() < 5))
def test_the_nth_working_day_is_found_again(day: date) -> None:
    if YEAR_2026.is_workday(day):
        assert YEAR_2026.nth_workday(YEAR_2026.workdays_before(day.toordinal()) + 1) == day.toordinal()


@given(st.dictionaries(DAYS, st.booleans(), max_size=40), DAYS)
def test_any_exceptions_are_counted_including_those_that_say_what_the_week_says(exceptions: dict[date, bool], day: date) -> None:
    calendar = WorkCalendar(exceptions=exceptions)
    number = calendar.workdays_before(day.toordinal()) + 1
    found = date.fromordinal(calendar.nth_workday(number))
    assert found >= day
    assert calendar.is_workday(found)
    assert not any(calendar.is_workday(day + timedelta(days=i)) for i in range((found - day).days))


def test_a_year_is_confirmed_only_with_all_years_between() -> None:
    calendar = WorkCalendar(confirmed_years=frozenset({2025, 2026, 2028}))
    assert calendar.is_confirmed(date(2025, 1, 1), date(2026, 12, 31))
    assert not calendar.is_confirmed(date(2026, 12, 31), date(2027, 1, 1))
    assert not calendar.is_confirmed(date(2026, 1, 1), date(2028, 1, 1))


def test_the_calendar_is_a_value_of_its_own() -> None:
    days = {date(2026, 10, 1): False}
    calendar = WorkCalendar(exceptions=days)
    days[date(2026, 10, 2)] = False
    assert calendar.is_workday(date(2026, 10, 2))
    assert calendar == WorkCalendar(exceptions={date(2026, 10, 1): False})
    assert len({calendar, WorkCalendar(exceptions={date(2026, 10, 1): False})}) == 1


@pytest.mark.parametrize(("opens", "closes"), [(time(9), time(9)), (time(12), time(9)), (time(22), time(0))])
def test_hours_that_close_before_they_open_are_refused(opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="close after they open"):
        Window(opens, closes)


def test_hours_that_overlap_or_are_missing_are_refused() -> None:
    morning, noon = Window(time(9), time(12)), Window(time(11), time(14))
    with pytest.raises(ValueError, match="overlap"):
        WorkCalendar(windows=(morning, noon))
    with pytest.raises(ValueError, match="in order"):
        WorkCalendar(windows=(Window(time(13), time(14)), morning))
    with pytest.raises(ValueError, match="at least one"):
        WorkCalendar(windows=())


def test_a_time_without_a_zone_is_refused_and_another_zone_is_translated() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(datetime.fromisoformat("2026-01-01T00:00"))
    assert local(datetime.fromisoformat("2026-01-01T00:00Z")) == datetime.fromisoformat("2026-01-01T08:00")
    with pytest.raises(ValueError, match="beyond"):
        local(datetime.fromisoformat("9999-12-31T23:00-05:00"))
