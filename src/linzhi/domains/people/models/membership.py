"""The closed room: party membership. Who a row is about stands in it only sealed, so that a copy of the database names nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.rules import MEMBERSHIP_KINDS, STANDINGS
from linzhi.foundation.privacy.fields import SealedField


class Membership(models.Model):
    """A party member's tie to an estate, from a day until another.

    `person` seals the number of the person's record; `person_index` is its blind index, by which the row is found again and kept
    single. `seat` seals where the membership sits. `settled` is the day since which the member has a fixed residence here, no
    earlier than `HORIZON_MONTHS` before `begin`: exact for every rule that asks for less, and no link to the day of moving in
    for those who moved in long ago. `full_since` is empty for a probationary member.
    """

    person = SealedField(kind="text")
    person_index = models.CharField(max_length=64)
    seat = SealedField(kind="text")
    path = models.CharField(max_length=60, db_index=True, help_text="the estate; the building is in nobody's interest")
    kind = models.CharField(max_length=16)
    standing = models.CharField(max_length=16)
    settled = models.DateField(null=True)
    full_since = models.DateField(null=True)
    willing = models.BooleanField(default=False, help_text="offered to take on duties in the estate")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_index", "path"], condition=Q(end__isnull=True), name="membership_open_once"),
            models.CheckConstraint(condition=Q(kind__in=list(MEMBERSHIP_KINDS)), name="membership_kind_known"),
            models.CheckConstraint(
                condition=Q(standing="full", full_since__isnull=False)
                | Q(standing__in=[s for s in STANDINGS if s != "full"], full_since=None),
                name="membership_full_has_a_day",
            ),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="membership_ends_after_begin"),
        ]
        indexes = [models.Index(fields=["path", "kind", "standing"], name="membership_counting")]
