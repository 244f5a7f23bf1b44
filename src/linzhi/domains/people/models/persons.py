"""Persons of a county's register, and identity numbers where a legal act needs them. Names, phones and numbers are sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.rules import IDENTITY_PURPOSES
from linzhi.foundation.privacy.fields import SealedField


class Person(models.Model):
    """One person in a county's register; `path` is the place that keeps the record, `county` its first part.

    `account_id` is set once it is known which account is this person's own; each county keeps its own record of an account.
    `merged_into` is set when somebody found that two records are the same person: the other one is used from then on.
    """

    account_id = models.BigIntegerField(null=True)
    name = SealedField(kind="name")
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    county = models.CharField(max_length=60)
    path = models.CharField(max_length=60, db_index=True)
    registered = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "county"], name="person_account_once"),
            models.CheckConstraint(condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="person_merged_into_another"),
        ]


class Identity(models.Model):
    """The number of a person's identity document, kept only where a legal act needs it, and for that purpose."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    county = models.CharField(max_length=60)
    path = models.CharField(max_length=60, db_index=True)
    purpose = models.CharField(max_length=16)
    number = SealedField(kind="identity")
    number_index = models.CharField(max_length=64, db_index=True)
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], name="identity_purpose_once"),
            models.CheckConstraint(condition=Q(purpose__in=list(IDENTITY_PURPOSES)), name="identity_purpose_known"),
        ]


class Apart(models.Model):
    """Two records that look alike, of which somebody found that they are two persons. Kept so that nobody is asked again."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    path = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_in_order"),
        ]
