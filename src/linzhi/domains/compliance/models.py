"""What the register shows to be amiss."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.compliance.rules import KINDS


class Finding(models.Model):
    """One thing amiss, about one subject, from the day it was found until the data no longer show it.

    `subject` is a row (`places.estate:12`) or a place; `words` the sentence for people, with no person's name in it. `owner` is the
    role that has to mend it in `path`; `room` is `party` for the closed room.
    """

    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=80)
    path = models.CharField(max_length=60)
    owner = models.CharField(max_length=40)
    room = models.CharField(max_length=8, blank=True)
    words = models.CharField(max_length=300)
    code = models.CharField(max_length=40, blank=True, help_text="of the place, for the page on which it is mended")
    opened = models.DateTimeField()
    due = models.DateField()
    closed = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(closed__isnull=True), name="finding_open_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="finding_kind_known"),
            models.CheckConstraint(condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")), name="finding_closes_after_opening"),
        ]
        indexes = [
            models.Index(fields=["path", "kind"], name="finding_open_place", condition=Q(closed__isnull=True)),
            models.Index(fields=["owner", "path"], name="finding_open_owner", condition=Q(closed__isnull=True)),
        ]
