"""When people do things: offices in office hours, neighbours while they are awake."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from linzhi.foundation.calendar.queries import work_calendar
from linzhi.kernel.clock import BEIJING


def at_time_of(day: datetime, clock: str) -> datetime:
    """The day of a moment at a time such as 09:12."""
    return datetime.combine(day.astimezone(BEIJING).date(), time.fromisoformat(clock), tzinfo=BEIJING)


def is_workday(moment: datetime) -> bool:
    """Whether the day of a moment is worked."""
    return work_calendar().is_workday(moment.astimezone(BEIJING).date())


def workdays_ago(now: datetime, count: int, clock: str) -> datetime:
    """A time on the count-th working day before the day of `now`."""
    day = now
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return at_time_of(day, clock)


def workdays_on(moment: datetime, count: int, clock: str) -> datetime:
    """A time on the count-th working day after the day of `moment`."""
    day = moment
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return at_time_of(day, clock)


def in_office(moment: datetime, random: Random) -> datetime:
    """`moment`, or the next time at which somebody sits in the office."""
    moment = moment.astimezone(BEIJING)
    clock = moment.time()
    if is_workday(moment) and time(9) <= clock < time(17, 25):
        if time(12) <= clock < time(13, 30):
            return at_time_of(moment, "13:32") + timedelta(minutes=random.randrange(40))
        return moment
    if is_workday(moment) and clock < time(9):
        return at_time_of(moment, "09:02") + timedelta(minutes=random.randrange(50))
    return workdays_on(moment, 1, "09:02") + timedelta(minutes=random.randrange(70))


def awake(moment: datetime, random: Random) -> datetime:
    """`moment`, or the next morning when it falls into the night."""
    moment = moment.astimezone(BEIJING)
    if time(8) <= moment.time() < time(21):
        return moment
    day = moment if moment.time() < time(8) else moment + timedelta(days=1)
    return at_time_of(day, "08:05") + timedelta(minutes=random.randrange(90))


HOURS = (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)
CALLS = (4, 9, 12, 11, 7, 5, 4, 6, 7, 7, 8, 10, 12, 11, 6, 2)


def when_people_report(day: datetime, random: Random) -> datetime:
    """A time of the day at which somebody may take out the phone: mornings and evenings most."""
    hour = random.choices(HOURS, CALLS)[0]
    return at_time_of(day, f"{hour:02d}:{random.randrange(60):02d}") + timedelta(seconds=random.randrange(60))
