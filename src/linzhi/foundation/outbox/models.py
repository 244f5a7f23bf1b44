"""Events and their deliveries, one row per event and handler."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """A fact in the past tense, as data."""

    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    data = models.JSONField()


class Delivery(models.Model):
    """One handler's share of one event. Open while `done_at` is empty and `given_up` is false."""

    event = models.ForeignKey(Event, models.CASCADE)
    handler = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_open", condition=models.Q(done_at__isnull=True, given_up=False)),
        ]


class JobRun(models.Model):
    """One job of the timetable: who may run it now (`lease_until`) and how it went. One row per job, kept for ever."""

    name = models.CharField(max_length=80, unique=True)
    lease_until = models.DateTimeField(null=True)
    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)
