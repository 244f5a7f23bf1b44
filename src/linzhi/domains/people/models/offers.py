"""What people offer of their own will: skills (能人库), and the check-in of couriers, riders and drivers. Both end when they say so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.models.persons import Person
from linzhi.domains.people.rules import OCCUPATIONS, OFFER_SOURCES
from linzhi.foundation.privacy.fields import SealedField


class SkillOffer(models.Model):
    """A skill that a person offers to the neighbours, with their consent. `field` is a code of the jurisdiction's list."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="skills")
    path = models.CharField(max_length=60, db_index=True, help_text="the estate in which it is offered")
    field = models.CharField(max_length=24)
    words = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=12)
    consent_id = models.BigIntegerField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "path", "field"], condition=Q(end__isnull=True), name="skill_offered_once"),
            models.CheckConstraint(condition=Q(source__in=list(OFFER_SOURCES)), name="skill_source_known"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="skill_ends_after_begin"),
        ]


class CheckIn(models.Model):
    """A courier, rider or driver who checked in at a place of their own will. Deleted, not ended, when they ask."""

    number = models.CharField(max_length=24, unique=True, help_text="of the receipt")
    account_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=60, db_index=True)
    occupation = models.CharField(max_length=16)
    name = SealedField(kind="name")
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    wishes = models.JSONField(default=list, help_text="codes of what they would like to join or use")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(occupation__in=list(OCCUPATIONS)), name="check_in_occupation_known")]
