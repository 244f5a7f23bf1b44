"""What an installation has entered itself, beside the shipped packs: proposed by one person, approved by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.policy.schema import ENTERED_LEVELS

STATES = ("proposed", "approved", "rejected", "withdrawn")
KINDS = ("set", "end")


class EnteredValue(models.Model):
    """One proposal for a key at a place: a value from a day on, or (`end`) that the value `of` ends on a day.

    What was proposed is never changed (the database holds that); an answer is added to it. A value is in force on a day when its state
    is `approved`, from `begin` to the day before the nearer of `end` and `stopped`. `stopped` is set when a later row takes over or ends it
    (`stopped_by`), and taken off again when that row is withdrawn before its day.
    """

    path = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=[(v, v) for v in ENTERED_LEVELS])
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(v, v) for v in KINDS])
    # Text, since a JSON column doesn't keep the order of a table's rows.
    value = models.TextField(blank=True, help_text="JSON, as a pack file would say it")
    begin = models.DateField()
    end = models.DateField(null=True)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="endings")
    local = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    issued = models.DateField(null=True)
    article = models.CharField(max_length=60, blank=True)
    document = models.UUIDField(null=True)
    reason = models.CharField(max_length=500)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(v, v) for v in STATES])
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    stopped = models.DateField(null=True)
    stopped_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="stops")
    before = models.JSONField(null=True, help_text="what held on the first day when this was approved")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="entered_state_known"),
            models.CheckConstraint(condition=Q(level__in=ENTERED_LEVELS), name="entered_level_known"),
            models.CheckConstraint(
                condition=(Q(kind="set", of__isnull=True) & ~Q(value="")) | Q(kind="end", of__isnull=False, value=""),
                name="entered_kind_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="end") | Q(local=True, title="") | (Q(local=False) & ~Q(title="") & ~Q(article="")),
                name="entered_sourced_or_local",
            ),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("begin")), name="entered_ends_after_begin"),
            models.CheckConstraint(condition=Q(stopped__isnull=True) | Q(stopped__gt=F("begin")), name="entered_stops_after_begin"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="entered_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="entered_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("rejected", "withdrawn")) | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="entered_answered_by_somebody",
            ),
            models.UniqueConstraint(fields=["path", "key"], condition=Q(state="proposed"), name="entered_one_open_proposal"),
        ]
        indexes = [
            models.Index(fields=["path", "key", "begin"], name="entered_approved", condition=Q(approved_at__isnull=False)),
            models.Index(fields=["path", "state"], name="entered_place"),
        ]
