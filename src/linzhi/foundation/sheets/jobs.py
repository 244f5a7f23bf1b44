"""Work that the timetable starts: imports that wait, a slice at a time, and files whose term has come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from linzhi.foundation.sheets import keeping, marks, running, uploading
from linzhi.foundation.sheets.models import UNDER_WAY, SheetImport
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

SLICE = 5.0
"""Seconds after which the worker sees to its other jobs; the opened file waits for the next slice."""
FORGET = System("sheets.forget")
STRAY = timedelta(days=1)

_runner = running.new_runner()
_open: dict[int, Iterator[None]] = {}


def run_waiting(at: datetime) -> int:
    """Work at every import that nobody else works at, for a slice of time; returns how many steps were done."""
    begun, done = time.monotonic(), 0
    for pk in list(SheetImport.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True)):
        if not marks.claim(pk, _runner, clock.now()):
            _open.pop(pk, None)
            continue
        steps = _open.setdefault(pk, running.steps(pk, _runner))
        for _step in steps:
            done += 1
            if time.monotonic() - begun > SLICE:
                return done
        _open.pop(pk, None)
        marks.release(pk, _runner)
    return done


def forget_due(at: datetime) -> int:
    """Delete the files whose term has come, with what an undo needed, and files a day old that no import has; returns how many."""
    gone = 0
    for pk in list(SheetImport.objects.filter(forget_after__lte=at).exclude(kept="").values_list("pk", flat=True)):
        try:
            uploading.forget(FORGET, pk, at=at)
        except Refused:
            continue  # under way: the next run has it
        gone += 1
    known = set(SheetImport.objects.exclude(kept="").values_list("kept", flat=True))
    for path in list(keeping.older_than((at - STRAY).timestamp())):
        if path.name not in known:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
