"""Reads for the worker and for the page that shows its health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linzhi.foundation.outbox.models import Delivery, JobRun

OPEN = {"done_at__isnull": True, "given_up": False}


@dataclass(frozen=True)
class Health:
    """How the background work stands. `oldest_due` is the due time of the delivery that has waited longest."""

    waiting: int
    oldest_due: datetime | None
    given_up: int
    jobs: tuple[JobRun, ...]


def anything_due(at: datetime) -> bool:
    """Whether a delivery waits; a plain read, so that an idle worker takes no lock."""
    return Delivery.objects.filter(due_at__lte=at, **OPEN).exists()


def given_up(most: int = 50) -> list[Delivery]:
    """Deliveries that failed too often, with their events, newest first. The caller has decided who may see them."""
    return list(Delivery.objects.filter(given_up=True, done_at__isnull=True).select_related("event").order_by("-pk")[:most])


def health(at: datetime) -> Health:
    """Open deliveries that are due, those given up after too many attempts, and each job's last run."""
    due = Delivery.objects.filter(due_at__lte=at, **OPEN).order_by("due_at")
    oldest = due.values_list("due_at", flat=True).first()
    return Health(due.count(), oldest, Delivery.objects.filter(given_up=True).count(), tuple(JobRun.objects.order_by("name")))
