"""Texts of consent and the consents given to them. Rows are never deleted: who agreed to what must be provable (PIPL articles 14 to 16)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

WAYS = ("own", "in_person", "paper")
"""Given in one's own account; said to a worker who wrote it down; signed on paper that the place keeps."""


class ConsentText(models.Model):
    """The words of one version, for one purpose and what it may use. `renews`: what was given to earlier versions ends with it.

    A change of purpose, way or kinds of data needs consent anew (PIPL article 14); a mended word doesn't.
    """

    purpose = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    fields = models.JSONField(default=list)
    renews = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Consent(models.Model):
    """One person's yes to one version. `subject` is the account (`accounts.account:5`), or the record of somebody without one."""

    subject = models.CharField(max_length=80)
    account_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    path = models.CharField(max_length=60, blank=True)
    given_at = models.DateTimeField()
    how = models.CharField(max_length=12)
    given_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_open_once"),
            models.CheckConstraint(condition=Q(how__in=WAYS), name="consent_way_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")), name="consent_withdrawn_after"
            ),
        ]
        indexes = [models.Index(fields=["subject", "purpose"], name="consent_subject")]
