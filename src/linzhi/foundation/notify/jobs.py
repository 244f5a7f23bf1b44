"""The worker's share: send what is due, safely against being killed at any moment.

A delivery is leased in one short transaction, sent outside of any, and marked in a third step. A worker killed in between
leaves a lease that runs out; the next try carries the same reference, so a provider that took the first drops the second.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from linzhi.foundation.notify.drivers import SENDERS
from linzhi.foundation.notify.models import Delivery
from linzhi.foundation.notify.sending import due
from linzhi.foundation.sms import Undeliverable
from linzhi.kernel import clock

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 10
log = logging.getLogger(__name__)


def deliver_pending(at: datetime, most: int = 200) -> int:
    """Send up to `most` deliveries that are due; returns how many were tried."""
    for count in range(most):
        delivery = _claim(at)
        if delivery is None:
            return count
        _send(delivery, at)
    return most


def _claim(at: datetime) -> Delivery | None:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=_own_table())
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
        delivery = rows.select_related("message").filter(free, state="pending", due_at__lte=at).order_by("due_at", "id").first()
        if delivery is None:
            return None
        later = due(delivery.message, delivery.channel, at)
        if later > at:  # a try again that has come into the quiet hours
            Delivery.objects.filter(pk=delivery.pk).update(due_at=later, leased_until=None)
            delivery.due_at = later
            return delivery
        delivery.leased_until = max(at, clock.now()) + LEASE  # a long batch must not hand out leases that are over already
        Delivery.objects.filter(pk=delivery.pk).update(leased_until=delivery.leased_until, attempts=F("attempts") + 1)
        delivery.attempts += 1
        return delivery


def _own_table() -> tuple[str, ...]:
    return ("self",) if connection.features.has_select_for_update_of else ()


def _send(delivery: Delivery, at: datetime) -> None:
    if delivery.leased_until is None or delivery.due_at > at:
        return
    try:
        provider_ref = SENDERS[delivery.channel](delivery)
    except Undeliverable as error:
        _mark(delivery, state="undeliverable", error=str(error)[:300])
    except Exception as error:  # noqa: BLE001 - any failure of a sender is recorded and retried
        log.warning("delivery %s by %s failed: %s", delivery.pk, delivery.channel, type(error).__name__)
        _postpone(delivery, error, at)
    else:
        _mark(delivery, state="sent", sent_at=at, provider_ref=provider_ref[:120], error="")


def _mark(delivery: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=delivery.pk, state="pending").update(leased_until=None, **values)


def _postpone(delivery: Delivery, error: Exception, at: datetime) -> None:
    wait = min(timedelta(minutes=2 ** (delivery.attempts - 1)), timedelta(hours=6))
    state = "failed" if delivery.attempts >= MOST_ATTEMPTS else "pending"
    words = f"{type(error).__name__}: {error}"[:300]
    _mark(delivery, state=state, error=words, due_at=due(delivery.message, delivery.channel, at + wait))
