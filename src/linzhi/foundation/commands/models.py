"""Results of acts that were sent with a key, so that sending them again changes nothing; and what is counted for all processes."""

from __future__ import annotations

from django.db import models


class IdempotencyRecord(models.Model):
    """One key used once by one actor for one input; `scope` (the actor) and `digest` (the input) are keyed digests."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    result_model = models.CharField(max_length=80, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once")]


class Meter(models.Model):
    """How often one source has called in one minute (counted from the epoch); one row per source, kept for all processes."""

    source = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()


class CacheRow(models.Model):
    """The table of Django's database cache, in which the limits on signing in count for all processes; made by an ordinary migration."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "commands_cache"


class Attempt(models.Model):
    """One act of a source that nobody knows, as keyed digests; rows older than the stretch that is counted are deleted."""

    source = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "act"], name="attempt_counts_once")]
