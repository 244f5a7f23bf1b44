"""What holds for every limit, start and pause; and a slow count, minute by minute, that must agree."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linzhi.kernel.clock import BEIJING
from linzhi.kernel.tests.calendar_2026 import YEAR_2026
from linzhi.kernel.worktime import Limit, Pause, Unit, due, elapsed

MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 1, 1, tzinfo=BEIJING)
MOMENTS = st.integers(0, 360 * 24 * 60).map(lambda minutes: BEGIN + minutes * MINUTE)
UNITS = st.sampled_from(Unit)
LIMITS = st.builds(Limit, st.integers(1, 60), UNITS)
LENGTHS = st.integers(0, 14 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@st.composite
def cases(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    """Draw a start and some closed pauses near it, overlapping or not."""
    start = draw(MOMENTS)
    pauses = []
    for offset, length in draw(st.lists(st.tuples(st.integers(-3 * 24 * 60, 20 * 24 * 60), LENGTHS), max_size=4)):
        pauses.append(Pause(start + offset * MINUTE, start + offset * MINUTE + length))
    return start, pauses


def end_of(start: datetime, limit: Limit, pauses: list[Pause] | tuple[Pause, ...] = ()) -> datetime:
    answer = due(start, limit, YEAR_2026, pauses).at
    assert answer is not None
    return answer


def in_office(moment: datetime) -> bool:
    """Whether the minute that begins at the moment is worked, said once more in another way."""
    return YEAR_2026.is_workday(moment.date()) and ("09:00" <= f"{moment:%H:%M}" < "12:00" or "13:30" <= f"{moment:%H:%M}" < "17:30")


@given(cases(), LIMITS, LENGTHS)
def test_a_later_start_never_ends_earlier(case: tuple[datetime, list[Pause]], limit: Limit, later: timedelta) -> None:
    start, pauses = case
    assert end_of(start, limit, pauses) <= end_of(start + later, limit, pauses)


@given(cases(), LIMITS)
def test_a_longer_limit_never_ends_earlier(case: tuple[datetime, list[Pause]], limit: Limit) -> None:
    start, pauses = case
    assert end_of(start, limit, pauses) <= end_of(start, Limit(limit.amount + 1, limit.unit), pauses)


@given(cases(), LIMITS, MOMENTS, LENGTHS)
def test_a_pause_never_shortens_a_limit(case: tuple[datetime, list[Pause]], limit: Limit, begin: datetime, length: timedelta) -> None:
    start, pauses = case
    assert end_of(start, limit, pauses) <= end_of(start, limit, [*pauses, Pause(begin, begin + length)])


@given(cases(), LIMITS)
def test_a_limit_ends_after_its_start_and_outside_every_pause(case: tuple[datetime, list[Pause]], limit: Limit) -> None:
    start, pauses = case
    end = end_of(start, limit, pauses)
    assert end > start
    assert not any(pause.begin < end < (pause.end or end) for pause in pauses)


@given(cases(), st.integers(1, 60), st.sampled_from([Unit.WORKING_HOURS, Unit.WORKING_DAYS, Unit.DAYS]))
def test_what_depends_on_the_calendar_ends_within_office_hours(case: tuple[datetime, list[Pause]], amount: int, unit: Unit) -> None:
    start, pauses = case
    end = end_of(start, Limit(amount, unit), pauses)
    assert in_office(end - MINUTE)
    if unit.in_days:
        assert f"{end:%H:%M:%S}" == "17:30:00"


@given(MOMENTS, LIMITS, LENGTHS, LENGTHS)
def test_pauses_outside_the_limit_change_nothing(start: datetime, limit: Limit, before: timedelta, after: timedelta) -> None:
    end = end_of(start, limit)
    outside = [Pause(start - before, start), Pause(end, end + after), Pause(end + after)]
    assert due(start, limit, YEAR_2026, outside) == due(start, limit, YEAR_2026)


@given(cases(), LIMITS)
def test_the_order_of_pauses_and_cutting_one_in_two_change_nothing(case: tuple[datetime, list[Pause]], limit: Limit) -> None:
    start, pauses = case
    cut = []
    for pause in reversed(pauses):
        assert pause.end is not None
        middle = pause.begin + (pause.end - pause.begin) // 2
        cut += [Pause(middle, pause.end), Pause(pause.begin, middle)]
    assert due(start, limit, YEAR_2026, cut) == due(start, limit, YEAR_2026, pauses)


@given(MOMENTS, LIMITS, LENGTHS)
def test_an_open_pause_within_the_limit_leaves_the_end_unknown(start: datetime, limit: Limit, after: timedelta) -> None:
    assume(start + after < end_of(start, limit))
    answer = due(start, limit, YEAR_2026, [Pause(start + after)])
    assert answer.at is None and not answer.confirmed


@given(cases(), st.integers(1, 20), LENGTHS)
def test_in_working_days_elapsed_is_the_smallest_limit_that_was_kept(
    case: tuple[datetime, list[Pause]], amount: int, later: timedelta
) -> None:
    start, pauses = case
    kept = start + later <= end_of(start, Limit(amount, Unit.WORKING_DAYS), pauses)
    assert (elapsed(start, start + later, Unit.WORKING_DAYS, YEAR_2026, pauses) <= amount) is kept


@given(cases(), LIMITS, st.integers(0, 10**9))
def test_all_of_a_limit_has_elapsed_at_its_end_and_no_more_before(case: tuple[datetime, list[Pause]], limit: Limit, early: int) -> None:
    assume(limit.unit is not Unit.DAYS)
    start, pauses = case
    whole = limit.amount * (60 if limit.unit in (Unit.HOURS, Unit.WORKING_HOURS) else 1)
    end = end_of(start, limit, pauses)
    assert elapsed(start, end, limit.unit, YEAR_2026, pauses) == whole
    assert elapsed(start, max(start, end - timedelta(microseconds=early)), limit.unit, YEAR_2026, pauses) <= whole


@given(cases(), LENGTHS, LENGTHS, UNITS)
def test_elapsed_never_goes_back(case: tuple[datetime, list[Pause]], length: timedelta, later: timedelta, unit: Unit) -> None:
    start, pauses = case
    end = start + length
    assert elapsed(start, end, unit, YEAR_2026, pauses) <= elapsed(start, end + later, unit, YEAR_2026, pauses)


@given(cases(), LENGTHS, UNITS)
def test_elapsed_counts_an_open_pause_until_the_end(case: tuple[datetime, list[Pause]], later: timedelta, unit: Unit) -> None:
    start, pauses = case
    end, middle = start + later, start + later // 2
    still, closed = [*pauses, Pause(middle)], [*pauses, Pause(middle, end + timedelta(days=9))]
    assert elapsed(start, end, unit, YEAR_2026, still) == elapsed(start, end, unit, YEAR_2026, closed)


@settings(max_examples=60)
@given(cases(), st.integers(1, 20), st.sampled_from([Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS]))
def test_minutes_counted_one_by_one_agree(case: tuple[datetime, list[Pause]], amount: int, unit: Unit) -> None:
    start, pauses = case
    left = amount if unit is Unit.MINUTES else amount * 60
    moment = start
    while left:
        paused = any(pause.begin <= moment < (pause.end or moment) for pause in pauses)
        left -= not paused and (unit.on_the_clock or in_office(moment))
        moment += MINUTE
    assert end_of(start, Limit(amount, unit), pauses) == moment
    assert elapsed(start, moment, unit, YEAR_2026, pauses) == (amount if unit is Unit.MINUTES else amount * 60)


@given(cases(), st.integers(1, 30), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]))
def test_days_counted_one_by_one_agree(case: tuple[datetime, list[Pause]], amount: int, unit: Unit) -> None:
    start, pauses = case
    day, left = start.date(), amount
    while True:
        day += timedelta(days=1)
        taken = any(pause.begin < _close(day) <= (pause.end or _close(day)) for pause in pauses)
        left -= not taken and (unit is Unit.DAYS or YEAR_2026.is_workday(day))
        if left <= 0 and not taken and YEAR_2026.is_workday(day):
            break
    assert end_of(start, Limit(amount, unit), pauses) == _close(day)


def _close(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, 30, tzinfo=BEIJING)
