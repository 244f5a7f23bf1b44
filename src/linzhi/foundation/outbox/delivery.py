"""Putting events in and delivering them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection, transaction

from linzhi.foundation.outbox.events import Fact, from_data, handlers_of, to_data, wanting
from linzhi.foundation.outbox.models import Delivery, Event
from linzhi.foundation.statements.rows import add
from linzhi.kernel import clock

MOST_ATTEMPTS = 12
log = logging.getLogger(__name__)
_nobody: ContextVar[bool] = ContextVar("linzhi_telling_nobody", default=False)


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Keep events from every handler inside the block: for history entered long after the fact, which nobody should be told of now."""
    token = _nobody.set(True)
    try:
        yield
    finally:
        _nobody.reset(token)


def put(event: Fact, at: datetime) -> None:
    """Store an event with one delivery per handler that wants it, in the current transaction. Where none does, nothing is stored."""
    names = wanting(event)
    if not names or _nobody.get():
        return
    row = add(Event(name=event.name, at=at, data=to_data(event)))
    for name in names:
        add(Delivery(event=row, handler=name, due_at=at))


def deliver_next(at: datetime) -> bool:
    """Deliver one open delivery whose time has come; False when there is none.

    The row is locked for the length of the handler's transaction; on PostgreSQL other workers skip it,
    on SQLite the immediate transaction keeps them out. A failing handler is tried again later, further apart each time.
    """
    delivery: Delivery | None = None
    try:
        with transaction.atomic():
            rows = Delivery.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            delivery = rows.filter(done_at__isnull=True, given_up=False, due_at__lte=at).order_by("due_at", "id").first()
            if delivery is None:
                return False
            _run(delivery)
            Delivery.objects.filter(pk=delivery.pk).update(done_at=clock.now(), attempts=delivery.attempts + 1)
    except Exception as error:
        if delivery is None:
            raise
        _postpone(delivery, error, at)
    return True


def _run(delivery: Delivery) -> None:
    event = delivery.event
    handler = handlers_of(event.name).get(delivery.handler)
    if handler is None:
        raise LookupError(f"no handler {delivery.handler} for {event.name}")
    handler(from_data(event.name, event.data), event.at)


def _postpone(delivery: Delivery, error: Exception, at: datetime) -> None:
    attempts = delivery.attempts + 1
    log.exception("delivery %s of event %s failed", delivery.handler, delivery.event_id, exc_info=error)
    Delivery.objects.filter(pk=delivery.pk, done_at__isnull=True).update(
        attempts=attempts,
        due_at=at + timedelta(seconds=min(2**attempts, 3600)),
        given_up=attempts >= MOST_ATTEMPTS,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def locked(pk: int) -> Delivery | None:
    """One delivery, locked for a command that changes it, or None."""
    return Delivery.objects.select_for_update().filter(pk=pk).first()


def put_back(delivery: Delivery, at: datetime) -> Delivery:
    """Have a given-up delivery tried again from `at`, as often as the first time. Called inside a command."""
    delivery.given_up, delivery.attempts, delivery.due_at, delivery.error = False, 0, at, ""
    delivery.save(update_fields=["given_up", "attempts", "due_at", "error"])
    return delivery


def deliver_all(at: datetime) -> int:
    """Deliver until nothing is open; returns how many deliveries were tried."""
    count = 0
    while deliver_next(at):
        count += 1
    return count
