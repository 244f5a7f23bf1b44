"""Due times beyond the examples of the page: exact boundaries, other office hours, zones, refusals, long limits."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from linzhi.kernel.clock import BEIJING
from linzhi.kernel.tests.calendar_2026 import YEAR_2026, at
from linzhi.kernel.worktime import Due, Limit, Pause, Unit, Window, WorkCalendar, due, elapsed


def ends(start: str, within: str, *pauses: str, calendar: WorkCalendar = YEAR_2026) -> str | None:
    stops = [Pause(at(begin), at(end) if end else None) for begin, end in (text.split("/") for text in pauses)]
    answer = due(at(start), Limit.parse(within), calendar, stops).at
    return answer.isoformat(timespec="seconds")[:19].removesuffix(":00") if answer else None


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        # on the edges of the office hours
        ("2026-11-18T08:59:59", "1 working hour", "2026-11-18T10:00"),
        ("2026-11-18T09:00", "1 working hour", "2026-11-18T10:00"),
        ("2026-11-18T09:00", "3 working hours", "2026-11-18T12:00"),
        ("2026-11-18T11:59:59", "1 working hour", "2026-11-18T14:29:59"),
        ("2026-11-18T12:00", "1 working hour", "2026-11-18T14:30"),
        ("2026-11-18T12:00:01", "1 working hour", "2026-11-18T14:30"),
        ("2026-11-18T13:29:59", "1 working hour", "2026-11-18T14:30"),
        ("2026-11-18T13:30", "1 working hour", "2026-11-18T14:30"),
        ("2026-11-18T13:30", "4 working hours", "2026-11-18T17:30"),
        ("2026-11-18T09:00", "7 working hours", "2026-11-18T17:30"),
        ("2026-11-18T09:00", "8 working hours", "2026-11-19T10:00"),
        ("2026-11-18T17:29:59", "1 working hour", "2026-11-19T09:59:59"),
        ("2026-11-18T17:30:01", "1 working hour", "2026-11-19T10:00"),
        ("2026-11-18T00:00", "1 working hour", "2026-11-18T10:00"),
        ("2026-11-18T23:59", "1 working hour", "2026-11-19T10:00"),
        # weekends, make-up days, holidays
        ("2026-11-20T17:00", "1 working hour", "2026-11-23T09:30"),
        ("2026-10-10T17:00", "1 working hour", "2026-10-12T09:30"),
        ("2026-10-01T00:00", "1 working hour", "2026-10-08T10:00"),
        ("2026-09-20T10:00", "1 working hour", "2026-09-20T11:00"),
        ("2026-02-14T17:00", "1 working hour", "2026-02-24T09:30"),
        ("2026-02-13T17:00", "8 working hours", "2026-02-24T09:30"),
        ("2026-09-30T16:00", "14 working hours", "2026-10-09T16:00"),
        # working days
        ("2026-09-30T16:00", "1 working day", "2026-10-08T17:30"),
        ("2026-09-30T00:00", "1 working day", "2026-10-08T17:30"),
        ("2026-09-30T23:59:59", "1 working day", "2026-10-08T17:30"),
        ("2026-10-01T00:00", "1 working day", "2026-10-08T17:30"),
        ("2026-10-07T12:00", "3 working days", "2026-10-10T17:30"),
        ("2026-10-09T10:00", "2 working days", "2026-10-12T17:30"),
        ("2026-10-10T10:00", "1 working day", "2026-10-12T17:30"),
        ("2026-02-14T10:00", "1 working day", "2026-02-24T17:30"),
        ("2026-02-20T10:00", "5 working days", "2026-02-28T17:30"),
        ("2026-01-02T10:00", "1 working day", "2026-01-04T17:30"),
        ("2026-04-30T10:00", "4 working days", "2026-05-09T17:30"),
        ("2026-11-02T10:00", "10 working days", "2026-11-16T17:30"),
        ("2026-11-02T10:00", "15 working days", "2026-11-23T17:30"),
        # natural days
        ("2026-11-18T23:59:59", "1 day", "2026-11-19T17:30"),
        ("2026-11-19T00:00", "1 day", "2026-11-20T17:30"),
        ("2026-11-20T10:00", "1 day", "2026-11-23T17:30"),
        ("2026-11-20T10:00", "2 days", "2026-11-23T17:30"),
        ("2026-11-20T10:00", "3 days", "2026-11-23T17:30"),
        ("2026-11-20T10:00", "4 days", "2026-11-24T17:30"),
        ("2026-09-30T10:00", "1 day", "2026-10-08T17:30"),
        ("2026-10-09T10:00", "1 day", "2026-10-10T17:30"),
        ("2026-10-10T10:00", "1 day", "2026-10-12T17:30"),
        ("2026-02-10T10:00", "5 days", "2026-02-24T17:30"),
        ("2026-02-10T10:00", "4 days", "2026-02-14T17:30"),
        ("2026-11-01T10:00", "30 days", "2026-12-01T17:30"),
        # minutes and hours
        ("2026-11-18T10:00:30", "10 minutes", "2026-11-18T10:10:30"),
        ("2026-10-03T23:30", "1 hour", "2026-10-04T00:30"),
        ("2026-02-28T23:30", "24 hours", "2026-03-01T23:30"),
        ("2028-02-28T23:30", "24 hours", "2028-02-29T23:30"),
        ("2028-02-29T10:00", "1 working day", "2028-03-01T17:30"),
    ],
)
def test_a_limit_ends_at(start: str, within: str, end: str) -> None:
    assert ends(start, within) == end


@pytest.mark.parametrize(
    ("start", "within", "pauses", "end"),
    [
        # on the edges of a limit
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T11:00/"], "2026-11-18T11:00"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:59:59/"], None),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T09:00/2026-11-18T10:00"], "2026-11-18T11:00"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T09:00/2026-11-18T10:30"], "2026-11-18T11:30"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T09:00/"], None),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:30/2026-11-18T10:30"], "2026-11-18T11:00"),
        # several, out of order, touching, one inside another
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:40/2026-11-18T10:50", "2026-11-18T10:10/2026-11-18T10:20"], "2026-11-18T11:20"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:10/2026-11-18T10:20", "2026-11-18T10:20/2026-11-18T10:30"], "2026-11-18T11:20"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:10/2026-11-18T10:50", "2026-11-18T10:20/2026-11-18T10:30"], "2026-11-18T11:40"),
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:10/", "2026-11-18T10:20/2026-11-18T10:30"], None),
        # the second pause is reached only because of the first
        ("2026-11-18T10:00", "1 hour", ["2026-11-18T10:30/2026-11-18T11:00", "2026-11-18T11:10/2026-11-18T11:20"], "2026-11-18T11:40"),
        # working hours
        ("2026-11-18T17:00", "1 working hour", ["2026-11-18T17:30/2026-11-19T09:00"], "2026-11-19T09:30"),
        ("2026-11-18T17:00", "1 working hour", ["2026-11-18T17:15/2026-11-19T09:15"], "2026-11-19T10:00"),
        ("2026-11-18T10:00", "2 working hours", ["2026-11-18T12:00/2026-11-19T09:00"], "2026-11-18T12:00"),
        ("2026-09-30T16:00", "2 working hours", ["2026-09-30T17:00/2026-10-08T10:00"], "2026-10-08T11:00"),
        # working days: a day is taken when its close lies in the pause
        ("2026-11-16T10:00", "5 working days", ["2026-11-17T09:00/2026-11-17T17:29:59"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-17T09:00/2026-11-17T17:30"], "2026-11-24T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-17T17:30/2026-11-18T09:00"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-17T09:00/2026-11-19T09:00"], "2026-11-25T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-20T10:00/2026-11-23T10:00"], "2026-11-24T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-10T10:00/2026-11-16T23:00"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-23T17:30/"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 working days", ["2026-11-23T17:00/"], None),
        ("2026-09-29T10:00", "1 working day", ["2026-09-30T10:00/2026-10-08T10:00"], "2026-10-08T17:30"),
        # natural days
        ("2026-11-16T10:00", "3 days", ["2026-11-17T10:00/2026-11-17T16:00"], "2026-11-19T17:30"),
        ("2026-11-16T10:00", "3 days", ["2026-11-18T10:00/2026-11-20T10:00"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 days", ["2026-11-21T10:00/2026-11-22T10:00"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 days", ["2026-11-21T18:00/2026-11-23T10:00"], "2026-11-23T17:30"),
        ("2026-11-16T10:00", "5 days", ["2026-11-22T10:00/"], None),
    ],
)
def test_a_pause_lengthens_a_limit_by_what_it_took(start: str, within: str, pauses: list[str], end: str | None) -> None:
    assert ends(start, within, *pauses) == end


def test_other_office_hours_move_the_openings_and_the_close_of_business() -> None:
    summer = WorkCalendar(windows=(Window(time(8, 30), time(12)), Window(time(15), time(18))))
    assert ends("2026-07-15T11:00", "2 working hours", calendar=summer) == "2026-07-15T16:00"
    assert ends("2026-07-15T11:00", "1 working day", calendar=summer) == "2026-07-16T18:00"
    one = WorkCalendar(windows=(Window(time(9), time(17)),))
    assert ends("2026-07-15T11:00", "9 working hours", calendar=one) == "2026-07-16T12:00"


def test_a_start_in_another_zone_is_a_beijing_time() -> None:
    start = datetime(2026, 9, 30, 8, tzinfo=UTC)
    answer = due(start, Limit.parse("2 working hours"), YEAR_2026)
    assert answer == Due(at("2026-10-08T09:30"), True)
    assert answer.at is not None and answer.at.tzinfo is BEIJING
    assert due(datetime(2026, 11, 18, 17, tzinfo=UTC), Limit.parse("1 working day"), YEAR_2026).at == at("2026-11-20T17:30")


@pytest.mark.parametrize(
    ("start", "within", "confirmed"),
    [
        ("2026-12-30T10:00", "1 working day", True),
        ("2026-12-31T10:00", "1 working day", False),
        ("2026-12-31T17:00", "1 working hour", False),
        ("2026-12-31T16:30", "1 working hour", True),
        ("2025-12-31T16:00", "1 working hour", False),
        ("2025-12-31T10:00", "2 days", False),
        ("2026-12-29T10:00", "2 days", True),
        ("2031-12-29T10:00", "2 hours", True),
        ("2031-12-29T10:00", "2 minutes", True),
    ],
)
def test_a_limit_is_confirmed_when_every_year_it_touches_is_announced(start: str, within: str, confirmed: bool) -> None:
    assert due(at(start), Limit.parse(within), YEAR_2026).confirmed is confirmed


def test_a_pause_into_a_year_that_is_not_announced_leaves_the_due_time_unconfirmed() -> None:
    stop = Pause(at("2026-11-17T10:00"), at("2027-02-01T10:00"))
    assert not due(at("2026-11-16T10:00"), Limit.parse("2 working days"), YEAR_2026, [stop]).confirmed


def test_times_without_a_zone_are_refused() -> None:
    naive, aware = datetime.fromisoformat("2026-01-01T00:00"), at("2026-01-01T00:00")
    with pytest.raises(ValueError, match="time zone"):
        due(naive, Limit.parse("1 day"), YEAR_2026)
    with pytest.raises(ValueError, match="time zone"):
        Pause(naive, aware)
    with pytest.raises(ValueError, match="time zone"):
        Pause(aware, naive)


def test_backward_stretches_are_refused() -> None:
    early, late = at("2026-01-01T00:00"), at("2026-01-02T00:00")
    with pytest.raises(ValueError, match="before it begins"):
        Pause(late, early)
    with pytest.raises(ValueError, match="before the start"):
        elapsed(late, early, Unit.MINUTES, YEAR_2026)


@pytest.mark.parametrize("within", ["52596000 minutes", "876600 hours", "175000 working hours", "36525 days", "26000 working days"])
def test_a_hundred_years_are_counted(within: str) -> None:
    answer = due(at("2026-11-18T10:00"), Limit.parse(within), YEAR_2026)
    assert answer.at is not None and 2120 < answer.at.year < 2135


@pytest.mark.parametrize("unit", Unit)
def test_a_limit_beyond_the_last_date_is_refused(unit: Unit) -> None:
    start = datetime.max.replace(tzinfo=BEIJING) - timedelta(days=1)
    with pytest.raises(ValueError, match="beyond the year 9999"):
        due(start, Limit(999_999_999, unit), YEAR_2026)
