"""Tables of people. Name and phone are sealed; residence and ownership are dated rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.rules import OWNERSHIP_BASES, RESIDENCE_KINDS
from linzhi.foundation.privacy.fields import SealedField


class Person(models.Model):
    """One person in a county's register; `path` is the place that keeps the record, `county` its first part.

    `account_id` is set once it is known which account is this person's own; each county keeps its own record of an account.
    """

    account_id = models.BigIntegerField(null=True)
    name = SealedField(kind="name")
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    county = models.CharField(max_length=60)
    path = models.CharField(max_length=60, db_index=True)
    registered = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "county"], name="person_account_once")]


class Residence(models.Model):
    """A person lives in a dwelling from a day until another. `path` is the dwelling's building."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="residences")
    path = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=16)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "dwelling"], condition=Q(end__isnull=True), name="residence_open_once"),
            models.CheckConstraint(condition=Q(kind__in=list(RESIDENCE_KINDS)), name="residence_kind_known"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="residence_ends_after_begin"),
        ]


class Ownership(models.Model):
    """A person owns a share of a dwelling from a day until another; the share is an exact fraction."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ownerships")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="ownerships")
    path = models.CharField(max_length=60, db_index=True)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=16, default="registered")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "dwelling"], condition=Q(end__isnull=True), name="ownership_open_once"),
            models.CheckConstraint(condition=Q(numerator__gt=0, numerator__lte=F("denominator")), name="ownership_share_in_one"),
            models.CheckConstraint(condition=Q(basis__in=list(OWNERSHIP_BASES)), name="ownership_basis_known"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="ownership_ends_after_begin"),
        ]
