"""Results of acts that were sent with a key, so that sending them again changes nothing."""

from __future__ import annotations

from django.db import models


class IdempotencyRecord(models.Model):
    """One key used once by one actor for one input."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    result_model = models.CharField(max_length=80, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once")]
