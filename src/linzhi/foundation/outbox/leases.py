"""Leases of the timetable: of all workers, one runs a job at a time, and a dead worker's lease runs out.

A job must look at what is due by a moment (a watermark), never at a window of time: then a late run makes up for missed ones.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from linzhi.foundation.outbox.models import JobRun

SHORTEST = timedelta(minutes=1)


def take(name: str, every: timedelta, at: datetime, lease: timedelta | None = None) -> bool:
    """Take the lease of a job that is due; False when it isn't, or another worker has it.

    Due: never started, or started at least `every` ago. A start that lies ahead of `at` (the clock was set back) counts as due.
    """
    length = max(every, SHORTEST) if lease is None else lease
    due = Q(last_started__isnull=True) | Q(last_started__lte=at - every) | Q(last_started__gt=at)
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at) | Q(lease_until__gt=at + length)
    mine = JobRun.objects.filter(name=name)
    if not mine.exists():
        JobRun.objects.bulk_create([JobRun(name=name)], ignore_conflicts=True)
    if not mine.filter(due, free).exists():  # a read first, so that an idle worker takes no lock
        return False
    return mine.filter(due, free).update(lease_until=at + length, last_started=at) == 1


def finish(name: str, at: datetime, error: str = "") -> None:
    """Give the lease back and keep how it ended; failures in a row are counted."""
    row = JobRun.objects.filter(name=name)
    if error:
        row.update(lease_until=None, last_error=error[:2000], failures=F("failures") + 1)
    else:
        row.update(lease_until=None, last_error="", failures=0, last_finished=at)
