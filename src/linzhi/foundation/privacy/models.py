"""The log of openings: who read which sealed value, when, for what."""

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
