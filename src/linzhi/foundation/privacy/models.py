"""The log of openings (who read which sealed value, when, for what), and how far a change of keys has come."""

from __future__ import annotations

from django.db import models


class Opening(models.Model):
    """One sealed value read by one actor for one purpose. Append-only.

    `concerns` is the account of the person whose datum it is, so that they can read this log themselves.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    subject = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    concerns = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["concerns", "-at"], name="opening_concerns"),
            models.Index(fields=["subject", "-at"], name="opening_subject"),
        ]


class KeyWalk(models.Model):
    """How far a change of keys has come in one store of sealed values.

    `goal` is the cipher and key that every value has once it is finished; `after` is the watermark: the key of the last row seen.
    """

    store = models.CharField(max_length=120, unique=True)
    goal = models.CharField(max_length=40)
    after = models.CharField(max_length=120, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
