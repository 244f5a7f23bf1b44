"""Corrections that people ask for, erasures, legal holds, and what retention removed."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from linzhi.foundation.privacy.fields import SealedField

ABOUT = ("account", "residence", "ownership", "other")


class Correction(models.Model):
    """What somebody says is wrong in their data, and the answer (PIPL article 46). `path` is the place that looks into it."""

    account_id = models.BigIntegerField()
    path = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=12)
    text = SealedField(kind="text")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    accepted = models.BooleanField(null=True)
    answer = SealedField(kind="text")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "about"], condition=Q(answered_at__isnull=True), name="correction_open_once"),
            models.CheckConstraint(condition=Q(about__in=ABOUT), name="correction_about_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, accepted__isnull=True) | Q(answered_at__gte=F("asked_at"), accepted__isnull=False),
                name="correction_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["path", "asked_at"], name="correction_open", condition=Q(answered_at__isnull=True))]


class Erasure(models.Model):
    """One person forgotten. `subjects` are the rows by key, no data; the same stands in the list outside the database."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    account_id = models.BigIntegerField()
    subjects = models.JSONField()
    at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)


class Hold(models.Model):
    """A legal hold: nothing of `subject` (`requests.request:17`, `accounts.account:5`, `rule:notify.messages`) is removed meanwhile.

    It holds up to `until`, if that is set; `end` is when somebody lifted it, or put another in its place.
    """

    subject = models.CharField(max_length=80)
    path = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    begin = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    until = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(end__isnull=True), name="hold_open_once"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="hold_ends_after_begin"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("begin")), name="hold_until_after_begin"),
        ]


def holding(at: datetime) -> Q:
    """The condition of a hold that is in force at a moment."""
    return Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at)) & (Q(until__isnull=True) | Q(until__gt=at))


class RetentionRun(models.Model):
    """What one retention rule removed last, and in all."""

    rule = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    removed = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField(default=0)
