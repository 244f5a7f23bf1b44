"""Quiet hours: when no text message goes out that can wait."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from linzhi.kernel.clock import BEIJING


def parse(text: str) -> tuple[time, time] | None:
    """`21:00-08:00` as two times of day; an empty text means that there are none. Raises ValueError when badly formed."""
    if not text.strip():
        return None
    begin, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    return begin, end


def next_allowed(at: datetime, hours: tuple[time, time] | None) -> datetime:
    """`at`, or the end of the quiet hours that it falls into, in local time."""
    if hours is None or hours[0] == hours[1]:
        return at
    begin, end = hours
    local = at.astimezone(BEIJING)
    clock = local.time()
    overnight = begin > end
    if not (clock >= begin or clock < end if overnight else begin <= clock < end):
        return at
    day = local.date() + timedelta(days=1) if overnight and clock >= begin else local.date()
    return datetime.combine(day, end, BEIJING)
