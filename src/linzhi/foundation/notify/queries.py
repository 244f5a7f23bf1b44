"""Reads: one's own inbox, and for staff what couldn't be delivered in their places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.sql import Query

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.notify.models import CHANNELS, ChannelChoice, Delivery, Message
from linzhi.foundation.statements.kept import fetch, one_row
from linzhi.kernel.actor import Actor


def inbox(actor: Actor, *, unread: bool = False, before: tuple[datetime, int] | None = None, most: int = 25) -> list[Message]:
    """The actor's own messages, newest first. `before` is (created, id) of the last one shown, for the next page."""
    if actor.account_id is None:
        return []
    rows = Message.objects.filter(account_id=actor.account_id)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    if before is not None:
        created, pk = before
        rows = rows.filter(created__lte=created).exclude(created=created, pk__gte=pk)
    return list(rows.order_by("-created", "-pk")[:most])


def unread_count(actor: Actor) -> int:
    """How many messages the actor hasn't read."""
    if actor.account_id is None:
        return 0

    def build(account_id: int) -> Query:
        return one_row(Message.objects.filter(account_id=account_id, read_at__isnull=True), n=Count("pk"))

    return int(fetch("notify.unread", build, actor.account_id)[0][0])


def channels_off(actor: Actor) -> set[str]:
    """The channels that the actor turned off."""
    if actor.account_id is None:
        return set()
    return set(ChannelChoice.objects.filter(account_id=actor.account_id, off=True, channel__in=CHANNELS).values_list("channel", flat=True))


def any_failed(powers: Powers) -> bool:
    """Whether `failed` finds anything."""

    def build() -> QuerySet[Delivery, Any]:
        rows = Delivery.objects.filter(powers.visible("notify.retry_delivery"), state__in=("failed", "undeliverable"))
        return rows.values_list("pk")[:1]

    return bool(fetch(("notify.any_failed", powers.key), build))


def failed(powers: Powers, subject: str | None = None, most: int = 100) -> list[Delivery]:
    """Deliveries that failed for good, newest first, of one subject or all, in the places the actor may look after."""
    rows = Delivery.objects.filter(powers.visible("notify.retry_delivery"), state__in=("failed", "undeliverable"))
    if subject is not None:
        rows = rows.filter(message__subject=subject)
    return list(rows.select_related("message").order_by("-pk")[:most])


def told(subject: str) -> list[Delivery]:
    """Every delivery about one subject, oldest first. The caller has already decided who may see the subject."""
    return list(Delivery.objects.filter(message__subject=subject).select_related("message").order_by("pk"))
