"""One row per upload. Rows with the same content share one blob on the disk, named by its SHA-256."""

from __future__ import annotations

import uuid

from django.db import models

from linzhi.foundation.privacy.fields import SealedField

KINDS = ("image", "pdf", "sheet")


class StoredFile(models.Model):
    """An uploaded file. `area` and `subject` say what it belongs to, once it does; until then only its uploader sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    uploaded_by = models.BigIntegerField(null=True)
    session_digest = models.CharField(max_length=64, blank=True)
    name = SealedField(kind="text")
    public = models.BooleanField(default=False)
    area = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    created = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="file_kind_known"),
            models.CheckConstraint(
                condition=models.Q(area="", subject="") | (~models.Q(area="") & ~models.Q(subject="")), name="file_area_with_subject"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="image") | models.Q(width__isnull=False, height__isnull=False), name="file_image_has_size"
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], name="file_subject"),
            models.Index(fields=["created"], name="file_unattached", condition=models.Q(subject="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
