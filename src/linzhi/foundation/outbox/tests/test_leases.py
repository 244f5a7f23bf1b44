"""Only one worker runs a job at a time, and a dead one doesn't keep it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from linzhi.foundation.outbox.leases import finish, take
from linzhi.foundation.outbox.models import JobRun

AT = datetime.fromisoformat("2026-09-15T09:00:00+08:00")
EVERY = timedelta(seconds=15)

pytestmark = pytest.mark.django_db


def test_first_worker_takes_the_job_and_second_does_not() -> None:
    assert take("flow.alarms", EVERY, AT)
    assert not take("flow.alarms", EVERY, AT + EVERY)


def test_job_is_due_again_after_its_interval() -> None:
    take("flow.alarms", EVERY, AT)
    finish("flow.alarms", AT)
    assert not take("flow.alarms", EVERY, AT + EVERY - timedelta(seconds=1))
    assert take("flow.alarms", EVERY, AT + EVERY)


def test_lease_of_a_dead_worker_runs_out() -> None:
    take("flow.alarms", EVERY, AT, lease=timedelta(minutes=2))
    assert not take("flow.alarms", EVERY, AT + timedelta(minutes=1), lease=timedelta(minutes=2))
    assert take("flow.alarms", EVERY, AT + timedelta(minutes=2), lease=timedelta(minutes=2))


def test_job_is_due_when_the_clock_was_set_back() -> None:
    take("flow.alarms", EVERY, AT)
    finish("flow.alarms", AT)
    assert take("flow.alarms", EVERY, AT - timedelta(days=30))


def test_failure_is_kept_and_counted_until_a_run_succeeds() -> None:
    for minute in range(2):
        take("flow.alarms", EVERY, AT + timedelta(minutes=minute))
        finish("flow.alarms", AT + timedelta(minutes=minute), "OSError: disk full")
    row = JobRun.objects.get(name="flow.alarms")
    assert (row.failures, row.last_error, row.last_finished) == (2, "OSError: disk full", None)
    take("flow.alarms", EVERY, AT + timedelta(minutes=5))
    finish("flow.alarms", AT + timedelta(minutes=5))
    row.refresh_from_db()
    assert (row.failures, row.last_error, row.last_finished) == (0, "", AT + timedelta(minutes=5))


def test_two_jobs_do_not_keep_each_other_out() -> None:
    assert take("flow.alarms", EVERY, AT)
    assert take("audit.seal", EVERY, AT)
