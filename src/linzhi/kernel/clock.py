"""The only source of the time. Rules take `at`; everything else asks `now()`.

The clock can be set for a stretch of code (`at_time`, used to replay history) and, outside
production, for a whole process by a file that holds one ISO time (`LINZHI_CLOCK_FILE`), so that
a browser test can move the clock of a running server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")

_set: ContextVar[datetime | None] = ContextVar("linzhi_clock", default=None)
_file = os.environ.get("LINZHI_CLOCK_FILE")


def now() -> datetime:
    """The present moment, aware, in Beijing time."""
    chosen = _set.get()
    if chosen is not None:
        return chosen
    if _file:
        try:
            return datetime.fromisoformat(Path(_file).read_text().strip()).astimezone(BEIJING)
        except FileNotFoundError:
            pass
    return datetime.now(UTC).astimezone(BEIJING)


@contextmanager
def at_time(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block. Refuses a time without a zone."""
    token = _set.set(in_beijing(moment))
    try:
        yield
    finally:
        _set.reset(token)


def in_beijing(moment: datetime) -> datetime:
    """The same moment in Beijing time. Refuses a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(BEIJING)


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Beijing."""
    return moment.astimezone(BEIJING).date()
