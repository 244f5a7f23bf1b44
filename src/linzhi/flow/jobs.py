"""Background work of the engine."""

from __future__ import annotations

from datetime import date, datetime

from linzhi.flow.commands.renew_limits import RenewLimits, renew_limits
from linzhi.flow.commands.ring_alarm import RingAlarm, ring_alarm
from linzhi.flow.models import Clock
from linzhi.flow.queries import unconfirmed_by
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.kernel.actor import System
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


def ring_due_alarms(at: datetime, most: int = 500) -> int:
    """Ring every alarm whose time has come; returns how many. Each clock knows its next one, so a missed run is made up for."""
    due = Clock.objects.filter(stopped_at__isnull=True, next_alarm__lte=at).order_by("next_alarm").values_list("pk", flat=True)
    rung = 0
    for pk in list(due[:most]):
        while _ring(pk, at):
            rung += 1
    return rung


def renew_limits_due(at: datetime, most: int = 500) -> int:
    """Compute anew the unconfirmed limits of up to `most` matters whose years have been announced; returns how many limits changed.

    Also those whose year came with an upgrade rather than by an announcement.
    """
    announced = _announced_until(at)
    if announced is None:
        return 0
    matters = dict.fromkeys(unconfirmed_by(announced).values_list("matter_id", flat=True)[: 4 * most])
    actor = System("flow.renew_limits")
    return sum(renew_limits(actor, RenewLimits(matter_id=pk), at=at) for pk in list(matters)[:most])


def _announced_until(at: datetime) -> date | None:
    """The first day of the first year from now on that isn't announced; None when this one isn't."""
    years = work_calendar(day_of(at)).confirmed_years
    year = first = day_of(at).year
    while year in years:
        year += 1
    return date(year, 1, 1) if year > first else None


def _ring(clock_id: int, at: datetime) -> bool:
    try:
        ring_alarm(System("flow.alarms"), RingAlarm(clock_id=clock_id), at=at)
    except Refused:  # none is due any more, another worker was first, or the clock has just stopped
        return False
    return True
