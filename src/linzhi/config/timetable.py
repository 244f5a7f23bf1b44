"""The timetable of background jobs: what runs how often. `linzhi worker` runs it; one visible table.

Each job takes the moment it runs for and does all that is due by then, so a missed run is made up for by the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from linzhi.flow.jobs import renew_limits_due, ring_due_alarms
from linzhi.foundation.audit.chain import seal_batch
from linzhi.foundation.outbox import leases

NOTHING, OFTEN = timedelta(0), timedelta(minutes=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One job. `every` is the least time between two starts; `lease` is how long a silent worker keeps others out."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    lease: timedelta | None = None


def seal_all(at: datetime) -> int:
    """Seal the audit log batch by batch until nothing is open; returns how many entries."""
    total = 0
    while sealed := seal_batch(at):
        total += sealed
    return total


def timetable() -> tuple[Job, ...]:
    """Every job, the most frequent first."""
    from linzhi.domains.bodies.jobs import offer_formations
    from linzhi.domains.compliance.jobs import follow as evaluate_changed
    from linzhi.domains.compliance.jobs import refresh as evaluate_all
    from linzhi.domains.people.jobs import ship_texts
    from linzhi.domains.requests.jobs import resume_due
    from linzhi.foundation.accounts.jobs import sweep_unverified
    from linzhi.foundation.files.jobs import sweep_orphans
    from linzhi.foundation.notify.jobs import deliver_pending
    from linzhi.foundation.privacy.rotation import run as change_keys
    from linzhi.foundation.rights.jobs import apply_all
    from linzhi.foundation.sheets.jobs import forget_due, run_waiting

    return (
        Job("sheets.run", timedelta(seconds=2), run_waiting, lease=timedelta(minutes=10)),
        Job("notify.deliver", timedelta(seconds=5), deliver_pending),
        Job("audit.seal", timedelta(seconds=10), seal_all, lease=timedelta(minutes=10)),
        Job("flow.alarms", timedelta(seconds=15), ring_due_alarms),
        Job("compliance.follow", timedelta(seconds=10), evaluate_changed, lease=timedelta(minutes=10)),
        Job("flow.renew_limits", timedelta(minutes=1), renew_limits_due),
        Job("requests.resume_due", timedelta(minutes=1), resume_due),
        Job("privacy.rotate", timedelta(seconds=10), change_keys, lease=timedelta(minutes=10)),
        Job("rights.retention", timedelta(days=1), apply_all, lease=timedelta(hours=1)),
        Job("compliance.refresh", timedelta(hours=1), evaluate_all, lease=timedelta(hours=1)),
        Job("bodies.offer_formations", timedelta(days=1), offer_formations, lease=timedelta(hours=1)),
        Job("people.ship_texts", timedelta(days=1), ship_texts),
        Job("accounts.sweep", timedelta(days=1), sweep_unverified),
        Job("sheets.forget", timedelta(hours=1), forget_due, lease=timedelta(hours=1)),
        Job("files.sweep", timedelta(hours=1), sweep_orphans, lease=timedelta(hours=1)),
    )


def run_due(job: Job, at: datetime, *, standing: bool = False) -> bool:
    """Run one job if it is due and no other worker has it; False when not. A failure is kept and raised to nobody.

    `standing` is for a clock that a test moves: seconds can't be told from it, so a job of every few seconds is always due.
    """
    always = standing and job.every <= OFTEN
    taken = leases.take(job.name, NOTHING, at, NOTHING) if always else leases.take(job.name, job.every, at, job.lease)
    if not taken:
        return False
    error = ""
    try:
        job.run(at)
    except Exception as problem:
        log.exception("job %s failed", job.name)
        error = f"{type(problem).__name__}: {problem}"
    leases.finish(job.name, at, error)
    return True
