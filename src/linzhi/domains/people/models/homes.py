"""Who lives where and who owns what, from a day until another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.models.persons import Person
from linzhi.domains.people.rules import FIRM_KINDS, OWNERSHIP_BASES, RESIDENCE_KINDS
from linzhi.foundation.privacy.fields import SealedField


def _ends_after_begin(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name=name)


class Residence(models.Model):
    """A person lives in a dwelling from a day until another. `path` is the dwelling's building.

    `household` tells the households of one dwelling apart (rooms let singly); it is 1 where there is only one. `named` finds the
    row again when the same ledger comes back, without an index of names over the county that could be counted out.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="residences")
    path = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=16)
    household = models.PositiveSmallIntegerField(default=1)
    named = models.CharField(max_length=64, blank=True, db_index=True, help_text="blind index of dwelling and name")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "dwelling"], condition=Q(end__isnull=True), name="residence_open_once"),
            models.CheckConstraint(condition=Q(kind__in=list(RESIDENCE_KINDS)), name="residence_kind_known"),
            models.CheckConstraint(condition=Q(household__gt=0), name="residence_household_counted"),
            _ends_after_begin("residence_ends_after_begin"),
        ]


class Firm(models.Model):
    """An owner that is no person: a developer, a company, a public body. Its credit code is public."""

    name = models.CharField(max_length=80)
    credit_code = models.CharField(max_length=18, blank=True)
    kind = models.CharField(max_length=16)
    county = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "name"], name="firm_name_once"),
            models.UniqueConstraint(fields=["county", "credit_code"], condition=~Q(credit_code=""), name="firm_credit_code_once"),
            models.CheckConstraint(condition=Q(kind__in=list(FIRM_KINDS)), name="firm_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Ownership(models.Model):
    """A person or a firm owns a dwelling, or a share of it, from a day until another; the share is an exact fraction.

    `joint`: owned undivided with all other joint owners (Civil Code 299): each has the whole and no share is added up.
    `representative` acts for the co-owners in the owners' assembly. `certificate` is the number of the title, sealed.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="ownerships")
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="ownerships")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="ownerships")
    path = models.CharField(max_length=60, db_index=True)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    joint = models.BooleanField(default=False)
    representative = models.BooleanField(default=False)
    basis = models.CharField(max_length=16, default="registered")
    named = models.CharField(max_length=64, blank=True, db_index=True, help_text="blind index of dwelling and name")
    certificate = SealedField(kind="code")
    certificate_index = models.CharField(max_length=64, blank=True, db_index=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "dwelling"], condition=Q(end__isnull=True), name="ownership_open_once"),
            models.UniqueConstraint(fields=["firm", "dwelling"], condition=Q(end__isnull=True), name="ownership_firm_open_once"),
            models.UniqueConstraint(
                fields=["dwelling"], condition=Q(end__isnull=True, representative=True), name="ownership_one_representative"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, firm__isnull=True) | Q(person__isnull=True, firm__isnull=False),
                name="ownership_person_or_firm",
            ),
            models.CheckConstraint(condition=Q(numerator__gt=0, numerator__lte=F("denominator")), name="ownership_share_in_one"),
            models.CheckConstraint(condition=Q(joint=False) | Q(numerator=F("denominator")), name="ownership_joint_is_whole"),
            models.CheckConstraint(condition=Q(basis__in=list(OWNERSHIP_BASES)), name="ownership_basis_known"),
            _ends_after_begin("ownership_ends_after_begin"),
        ]
