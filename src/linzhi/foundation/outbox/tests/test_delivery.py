"""Nothing is lost and nothing is doubled, whatever the handlers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from linzhi.foundation.outbox import events
from linzhi.foundation.outbox.delivery import MOST_ATTEMPTS, deliver_all, put
from linzhi.foundation.outbox.events import Fact, subscribe
from linzhi.foundation.outbox.models import Delivery, Event

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Happened(Fact):
    name: ClassVar[str] = "test.Happened"
    number: int
    moment: datetime


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    monkeypatch.setattr(events, "_handlers", {})
    monkeypatch.setattr(events, "_types", {})
    Delivery.objects.all().delete()
    yield []


def test_every_handler_hears_an_event_once_as_it_was_told(heard: list[Any]) -> None:
    subscribe(Happened, "one", lambda event, at: heard.append(("one", event, at)))
    subscribe(Happened, "two", lambda event, at: heard.append(("two", event, at)))
    put(Happened(7, AT), AT)
    deliver_all(AT)
    deliver_all(AT)
    assert heard == [("one", Happened(7, AT), AT), ("two", Happened(7, AT), AT)]


def test_without_handlers_nothing_is_stored(heard: list[Any]) -> None:
    put(Happened(7, AT), AT)
    assert not Event.objects.filter(name=Happened.name).exists()


def test_a_failing_handler_is_tried_later_and_does_not_stop_the_others(heard: list[Any]) -> None:
    def fails(event: Fact, at: datetime) -> None:
        raise RuntimeError("no line")

    subscribe(Happened, "a.fails", fails)
    subscribe(Happened, "b.works", lambda event, at: heard.append(event))
    put(Happened(1, AT), AT)
    deliver_all(AT)
    failed = Delivery.objects.get(handler="a.fails")
    assert len(heard) == 1 and failed.attempts == 1 and failed.due_at > AT and "no line" in failed.error and failed.done_at is None


def test_what_a_failing_handler_had_written_is_gone(heard: list[Any]) -> None:
    def half(event: Fact, at: datetime) -> None:
        Event.objects.create(name="written-by-half", at=at, data={})
        raise RuntimeError("half-way")

    subscribe(Happened, "half", half)
    put(Happened(1, AT), AT)
    deliver_all(AT)
    assert not Event.objects.filter(name="written-by-half").exists()


def test_a_handler_that_never_works_is_given_up_and_kept_for_a_person(heard: list[Any]) -> None:
    def fails(event: Fact, at: datetime) -> None:
        raise RuntimeError("never")

    subscribe(Happened, "never", fails)
    put(Happened(1, AT), AT)
    for n in range(MOST_ATTEMPTS + 3):
        deliver_all(AT + timedelta(hours=2 * n))
    row = Delivery.objects.get(handler="never")
    assert row.given_up and row.attempts == MOST_ATTEMPTS


def test_a_name_is_taken_once(heard: list[Any]) -> None:
    subscribe(Happened, "one", print)
    with pytest.raises(ValueError, match="already subscribed"):
        subscribe(Happened, "one", repr)
