"""Imports: the file, how far it got, what the preview found, what each chunk did; and layouts of headings that were mapped once."""

from __future__ import annotations

from typing import Any

from django.db import models

from linzhi.foundation.privacy.fields import SealedField
from linzhi.kernel.actor import Actor

STATES = ("uploaded", "previewing", "previewed", "taking", "stopped", "done", "undoing", "undone", "refused")
UNDER_WAY = ("previewing", "taking", "undoing")
MODES = ("all_or_nothing", "good_rows")
KINDS = ("fault", "change", "alike", "notice")


class SheetImport(models.Model):
    """One workbook for one register at one place, by one actor.

    `row` is the watermark: the number of the last row of the sheet that a committed chunk went through; `chunk` counts those chunks.
    `kept` names the file in the data folder, empty once it was deleted. `leave_out` are rows that a person decided not to take.
    `runner` and `heartbeat` say which process works at it now and when it was last heard of; they hold no lock.
    """

    register = models.CharField(max_length=40)
    place = models.CharField(max_length=32)
    path = models.CharField(max_length=60)
    actor = models.JSONField()
    account_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    file_name = SealedField(kind="text")
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kept = models.CharField(max_length=40, blank=True)
    file_key = SealedField(kind="text")
    forget_after = models.DateTimeField()
    how = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    mode = models.CharField(max_length=16, blank=True)
    why = SealedField(kind="text")
    total = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    alike = models.PositiveIntegerField(default=0)
    taken_new = models.PositiveIntegerField(default=0)
    taken_changed = models.PositiveIntegerField(default=0)
    taken_same = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    leave_out = models.JSONField(default=list)
    row = models.PositiveIntegerField(default=0)
    chunk = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    runner = models.CharField(max_length=40, blank=True)
    heartbeat = models.DateTimeField(null=True)
    previewed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="sheet_import_state_known"),
            models.CheckConstraint(condition=models.Q(mode__in=("", *MODES)), name="sheet_import_mode_known"),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="sheet_import_place"),
            models.Index(fields=["id"], name="sheet_import_under_way", condition=models.Q(state__in=UNDER_WAY)),
            models.Index(fields=["forget_after"], name="sheet_import_to_forget", condition=~models.Q(kept="")),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"

    @property
    def by(self) -> Actor:
        """Who asked for it: chunks run as them, and stop when their power has ended."""
        scopes = self.actor["scopes"]
        return Actor(self.actor["kind"], self.actor["account_id"], self.actor["name"], None if scopes is None else frozenset(scopes))

    @property
    def under_way(self) -> bool:
        """Whether something still has to be done to it without being asked again."""
        return self.state in UNDER_WAY


def as_json(actor: Actor) -> dict[str, Any]:
    """An actor as `SheetImport.actor` keeps it."""
    scopes = None if actor.scopes is None else sorted(actor.scopes)
    return {"kind": actor.kind, "account_id": actor.account_id, "name": actor.name, "scopes": scopes}


class SheetTrace(models.Model):
    """What one chunk did, sealed, so that it can be taken back; `undone_at` once it was."""

    sheet_import = models.ForeignKey(SheetImport, models.PROTECT, related_name="traces")
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    trace = SealedField(kind="text")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet_import", "number"], name="sheet_trace_once")]


class SheetFault(models.Model):
    """What the preview found in a row: a fault, a change, a look-alike or a notice. The words are sealed: they may name people."""

    sheet_import = models.ForeignKey(SheetImport, models.CASCADE, related_name="found")
    kind = models.CharField(max_length=8)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=40, blank=True)
    words = SealedField(kind="text")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="sheet_fault_kind_known")]
        indexes = [models.Index(fields=["sheet_import", "kind", "row"], name="sheet_fault_of_import")]


class SheetLayout(models.Model):
    """Whose headings mean what: `mapping` gives the column's code for each heading that we didn't know, empty for "not imported"."""

    register = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    path = models.CharField(max_length=60)
    mapping = models.JSONField()
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "signature", "path"], name="sheet_layout_once")]
