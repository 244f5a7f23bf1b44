"""Entries and the chain that seals them. The database itself refuses UPDATE and DELETE on these tables."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act: who, on what basis, did what to what, with which input."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    basis = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    place = models.CharField(max_length=60)
    data = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="entry_subject"), models.Index(fields=["actor", "-at"], name="entry_actor")]


class Seal(models.Model):
    """One batch: its entries' digests in order, hashed together with the seal before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    highest = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)


class Link(models.Model):
    """An entry's place in the chain. A link without its entry proves a deletion."""

    entry_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, models.PROTECT)
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="link_position_once")]
