"""The worker's round: events are delivered, due jobs run, one job's failure doesn't stop the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from click.testing import CliRunner

from linzhi.config import timetable as table
from linzhi.config.cli.audit import audit
from linzhi.config.cli.serve import serve
from linzhi.config.cli.worker import run_round, worker
from linzhi.config.timetable import Job, run_due, seal_all
from linzhi.foundation.audit import journal
from linzhi.foundation.audit.chain import Flaw
from linzhi.foundation.audit.models import Link
from linzhi.foundation.outbox import delivery, events
from linzhi.foundation.outbox.events import Fact
from linzhi.foundation.outbox.models import JobRun
from linzhi.foundation.outbox.queries import health
from linzhi.kernel import clock

AT = datetime.fromisoformat("2026-09-15T09:00:00+08:00")
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class BellRung(Fact):
    name: ClassVar[str] = "tests.BellRung"
    bell: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    bells: list[int] = []
    monkeypatch.setattr(events, "_types", dict(events._types))
    monkeypatch.setattr(events, "_handlers", dict(events._handlers))
    events.subscribe(BellRung, "tests.hear", lambda event, at: bells.append(event.bell))
    return bells


def enter() -> None:
    journal.record(at=AT, actor="system:tests", basis="system:tests", action="tests.ring", subject="", place="", data={})


def test_round_delivers_events_also_those_that_a_job_causes(heard: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Job("tests.ring", HOUR, lambda at: delivery.put(BellRung(2), at))
    monkeypatch.setattr("linzhi.config.cli.worker.timetable", lambda: (ring,))
    with clock.at_time(AT):
        delivery.put(BellRung(1), AT)
        run_round(lambda: False)
    assert heard == [1, 2]
    assert health(AT).waiting == 0


def test_worker_that_is_told_to_stop_begins_nothing_new(heard: list[int]) -> None:
    with clock.at_time(AT):
        delivery.put(BellRung(1), AT)
        run_round(lambda: True)
    assert heard == []
    assert health(AT).waiting == 1


def test_failing_job_is_recorded_and_others_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[datetime] = []

    def fail(at: datetime) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("linzhi.config.cli.worker.timetable", lambda: (Job("tests.fail", HOUR, fail), Job("tests.work", HOUR, ran.append)))
    with clock.at_time(AT):
        run_round(lambda: False)
    assert ran == [AT]
    assert JobRun.objects.get(name="tests.fail").last_error == "OSError: disk full"


def test_job_runs_once_in_its_interval() -> None:
    job = Job("tests.work", HOUR, lambda at: None)
    assert [run_due(job, AT), run_due(job, AT), run_due(job, AT + HOUR)] == [True, False, True]


def test_under_a_standing_clock_frequent_jobs_run_each_round_and_rare_ones_do_not() -> None:
    often, rare = Job("tests.often", timedelta(seconds=5), lambda at: None), Job("tests.rare", HOUR, lambda at: None)
    assert [run_due(often, AT, standing=True), run_due(often, AT, standing=True)] == [True, True]
    assert [run_due(rare, AT, standing=True), run_due(rare, AT, standing=True)] == [True, False]


def test_sealing_goes_on_until_nothing_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhi.foundation.audit.chain.BATCH", 2)
    for _ in range(5):
        enter()
    assert seal_all(AT) == 5
    assert Link.objects.count() == 5


def test_every_job_of_the_timetable_runs_on_an_empty_database() -> None:
    for job in table.timetable():
        assert run_due(job, AT)
        assert JobRun.objects.get(name=job.name).last_error == ""


def test_worker_once_does_what_is_due_and_ends(heard: list[int]) -> None:
    delivery.put(BellRung(3), AT)
    result = CliRunner().invoke(worker, ["--once"])
    assert result.exit_code == 0, result.output
    assert heard == [3]


def test_audit_verify_passes_on_a_sealed_log() -> None:
    enter()
    run = CliRunner()
    assert "1" in run.invoke(audit, ["seal"]).output
    assert run.invoke(audit, ["verify"]).exit_code == 0


def test_audit_verify_prints_each_flaw_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhi.config.cli.audit.walk", lambda: iter([Flaw("changed", "entry 7", "条目的内容被改过")]))
    result = CliRunner().invoke(audit, ["verify"])
    assert result.exit_code == 1
    assert "changed\tentry 7" in result.output


@pytest.mark.parametrize("command", [serve, worker], ids=["serve", "worker"])
def test_nothing_is_served_before_there_is_an_installation(settings: object, command: object) -> None:
    settings.MODE = "offline"  # type: ignore[attr-defined]
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 1
    assert "linzhi init" in result.output
