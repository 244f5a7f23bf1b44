"""Tables of notices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.notices.rules import NOTICE_KINDS


class Notice(models.Model):
    """A public text at a place; those inside the place see it. It is never edited: a wrong one is withdrawn and a new one published."""

    path = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, default="notice")
    title = models.CharField(max_length=120)
    body = models.TextField()
    by_body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="notices")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path", "-published_at"], name="notice_path_time")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(NOTICE_KINDS)), name="notice_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")), name="notice_withdrawn_after"
            ),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="notice_withdrawn_why"),
        ]

    def __str__(self) -> str:
        return self.title
