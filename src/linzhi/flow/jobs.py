"""Background work of the engine."""

from __future__ import annotations

from datetime import datetime

from linzhi.flow.commands.ring_alarm import RingAlarm, ring_alarm
from linzhi.flow.models import Clock
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused


def ring_due_alarms(at: datetime, most: int = 500) -> int:
    """Ring every alarm whose time has come; returns how many. Each clock knows its next one, so a missed run is made up for."""
    due = Clock.objects.filter(stopped_at__isnull=True, next_alarm__lte=at).order_by("next_alarm").values_list("pk", flat=True)
    rung = 0
    for pk in list(due[:most]):
        while _ring(pk, at):
            rung += 1
    return rung


def _ring(clock_id: int, at: datetime) -> bool:
    try:
        ring_alarm(System("flow.alarms"), RingAlarm(clock_id=clock_id), at=at)
    except Refused:  # none is due any more, another worker was first, or the clock has just stopped
        return False
    return True
