"""The tree of places."""

from __future__ import annotations

from django.db import models

from linzhi.foundation.territory.paths import LEVELS


class Territory(models.Model):
    """One place: a division (nation to community), an estate or a building.

    `code` is the official division code down to streets, and our own below. `pack` names the
    policy pack that begins to apply here, or is empty.
    """

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=[(v, v) for v in LEVELS])
    path = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    pack = models.CharField(max_length=80, blank=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=LEVELS), name="territory_level_known"),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("begin")), name="territory_ends_after_begin"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Former(models.Model):
    """What a place was called and where it hung until a day: one row for each change, so that the tree of every day before can be told.

    `path` is where it was, `moved_to` where that change put it (the same path when only code or name changed). A path is never used again.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="former")
    code = models.CharField(max_length=32, db_index=True)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True)
    moved_to = models.CharField(max_length=60)
    basis = models.CharField(max_length=200, blank=True)
    begin = models.DateField()
    end = models.DateField(db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(end__gt=models.F("begin")), name="former_ends_after_begin")]


class Succession(models.Model):
    """One place took over from another on a day: a street merged into it, a community split off from it."""

    old = models.ForeignKey(Territory, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Territory, models.PROTECT, related_name="predecessors")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]
