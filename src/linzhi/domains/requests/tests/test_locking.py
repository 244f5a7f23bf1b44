"""What is locked, in which order: the matter first, by acts and by alarms alike, so that none waits for another in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhi.domains.requests.tests.acts import act
from linzhi.flow.commands import RingAlarm, ring_alarm
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotFound, Refused

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def _locking(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if " FOR NO KEY UPDATE" in query["sql"] or " FOR UPDATE" in query["sql"]]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one lock for everything")
def test_an_act_and_an_alarm_lock_the_matter_first(county: County) -> None:
    made = county.report()
    clock = made.matter.clocks.get(key="step:accept")
    assert clock.next_alarm is not None
    with CaptureQueriesContext(
        connection,
    ) as rung:
        ring_alarm(System("flow.alarms"), RingAlarm(clock_id=clock.pk), at=clock.next_alarm)
    with CaptureQueriesContext(connection) as acted:
        act(county, "community_worker", "accept", made)
    for queries in (rung, acted):
        assert 'FROM "flow_matter"' in _locking(queries)[0]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one lock for everything")
def test_an_act_locks_the_request_with_its_matter_so_that_it_reads_neither_too_old(county: County) -> None:
    made = county.report()
    with CaptureQueriesContext(connection) as acted:
        act(county, "community_worker", "accept", made)
    assert 'OF "flow_matter", "requests_request"' in _locking(acted)[0]


def test_an_alarm_of_a_clock_that_is_not_there_is_refused(county: County) -> None:
    with pytest.raises(NotFound):
        ring_alarm(System("flow.alarms"), RingAlarm(clock_id=999_999))


def test_two_requests_are_not_merged_into_each_other(county: County) -> None:
    one, other = county.report("resident"), county.report("neighbour")
    act(county, "community_worker", "mark_duplicate", one, same_as_id=other.pk)
    with pytest.raises(Refused) as refusal:
        act(county, "community_worker", "mark_duplicate", other, same_as_id=one.pk)
    assert refusal.value.code == "requests.same_as"
