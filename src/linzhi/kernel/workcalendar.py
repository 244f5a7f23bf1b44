"""Which days are worked and during which hours, as a plain value that counts without walking day by day.

The working time before any moment is a sum that can be looked up, and the moment at which a sum is reached
can be found by bisection; so a limit of a hundred years costs about as much as one of a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from linzhi.kernel.clock import BEIJING

MICROSECOND = timedelta(microseconds=1)
_LAST_ORDINAL = date.max.toordinal()


def _since_midnight(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


@dataclass(frozen=True)
class Window:
    """One stretch of office hours, from `opens` to `closes` on the same day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("office hours are local times without a zone")
        if self.end <= self.start:
            raise ValueError(f"office hours must close after they open, not {self.opens:%H:%M}-{self.closes:%H:%M}")

    @cached_property
    def start(self) -> int:
        """Microseconds from midnight to the opening."""
        return _since_midnight(self.opens)

    @cached_property
    def end(self) -> int:
        """Microseconds from midnight to the close."""
        return _since_midnight(self.closes)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


OFFICE_HOURS = (Window(time(9), time(12)), Window(time(13, 30), time(17, 30)))


@dataclass(frozen=True)
class WorkCalendar:
    """Office hours, the days that differ from the week, and the years whose holidays are announced.

    `exceptions` says True for a weekend day that is worked and False for a weekday that is not; every other
    day follows the week (Monday to Friday are worked). Days of a year outside `confirmed_years` are a guess.
    """

    windows: tuple[Window, ...] = OFFICE_HOURS
    exceptions: Mapping[date, bool] = field(default_factory=dict, hash=False)
    confirmed_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError("a calendar needs at least one stretch of office hours")
        if any(later.start < earlier.end for earlier, later in pairwise(self.windows)):
            raise ValueError("office hours must be in order and must not overlap")
        object.__setattr__(self, "exceptions", dict(self.exceptions))

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked, by the exceptions first and the week otherwise."""
        return self.exceptions.get(day, day.weekday() < 5)

    def is_confirmed(self, first: date, last: date) -> bool:
        """Whether the holidays of every year from `first` to `last` are announced."""
        return all(year in self.confirmed_years for year in range(first.year, last.year + 1))

    def workdays_between(self, first: date, last: date) -> int:
        """Count the working days from `first` up to but not including `last`."""
        return self.workdays_before(last.toordinal()) - self.workdays_before(first.toordinal())

    def workdays_before(self, ordinal: int) -> int:
        """Count the working days before the day with this ordinal, from the first day of the calendar of dates."""
        # Ordinal 1 is a Monday, so whole weeks come first and the rest is capped at Friday.
        weeks, rest = divmod(ordinal - 1, 7)
        ordinals, sums = self._shifts
        return weeks * 5 + min(rest, 5) + sums[bisect_left(ordinals, ordinal)]

    def nth_workday(self, number: int) -> int:
        """Return the ordinal of the working day before which exactly `number` - 1 others lie; ValueError beyond the year 9999."""
        low = max(1, (number - 1) // 5 * 7 - 7 * len(self.exceptions))
        high = min(_LAST_ORDINAL, number // 5 * 7 + 14 + 7 * len(self.exceptions))
        found = bisect_left(range(low, high + 1), number, key=lambda ordinal: self.workdays_before(ordinal + 1)) + low
        if found > high:
            raise ValueError("the limit ends beyond the year 9999")
        return found

    def close_of(self, ordinal: int) -> datetime:
        """Return the close of business of a day, worked or not: the end of the last stretch of office hours."""
        return _moment(ordinal, self.windows[-1].end)

    def worked_by(self, moment: datetime) -> int:
        """Return the working time before a local moment, in microseconds from the first day of the calendar of dates."""
        ordinal, clock = moment.toordinal(), _since_midnight(moment.time())
        total = self.workdays_before(ordinal) * self.day_length
        if self.is_workday(moment.date()):
            total += sum(max(0, min(clock, window.end) - window.start) for window in self.windows)
        return total

    def when_worked(self, total: int) -> datetime:
        """Return the first local moment by which `total` microseconds have been worked; it lies in office hours or at their end."""
        full_days, rest = divmod(total - 1, self.day_length)
        ordinal, rest = self.nth_workday(full_days + 1), rest + 1
        for window in self.windows:
            length = window.end - window.start
            if rest <= length:
                return _moment(ordinal, window.start + rest)
            rest -= length
        raise AssertionError("a day's rest is shorter than the day")

    @cached_property
    def day_length(self) -> int:
        """The working time of one working day, in microseconds."""
        return sum(window.end - window.start for window in self.windows)

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """Return the days that differ from the week, sorted, and by how much the first n of them change the count."""
        days = sorted(day for day, worked in self.exceptions.items() if worked != (day.weekday() < 5))
        changes = (1 if self.exceptions[day] else -1 for day in days)
        return [day.toordinal() for day in days], list(accumulate(changes, initial=0))


def local(moment: datetime) -> datetime:
    """Return the moment as Beijing wall-clock time without its zone; ValueError without a zone or beyond the dates there are."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} needs a time zone")
    try:
        return moment.astimezone(BEIJING).replace(tzinfo=None)
    except OverflowError:
        raise ValueError(f"{moment.isoformat()} lies beyond the years 1 to 9999") from None


def _moment(ordinal: int, clock: int) -> datetime:
    return datetime.combine(date.fromordinal(ordinal), time.min) + timedelta(microseconds=clock)
