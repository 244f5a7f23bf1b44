"""Carpet surveys (摸排): which doors, by when, and what came of each visit. A refusal is an answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.people.rules import VISIT_RESULTS


class Survey(models.Model):
    """A survey of all dwellings of a place between two days. `basis` names the document that asks for it."""

    title = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True)
    basis = models.CharField(max_length=200)
    asks = models.JSONField(default=list, help_text="codes of what is asked at the door")
    begin = models.DateField()
    deadline = models.DateField()
    closed = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(deadline__gte=F("begin")), name="survey_ends_after_begin")]

    def __str__(self) -> str:
        return self.title


class SurveyDoor(models.Model):
    """One dwelling in a survey and what the last visit gave. `result` is empty as long as nobody was there."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="doors")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="survey_doors")
    path = models.CharField(max_length=60, db_index=True)
    result = models.CharField(max_length=12, blank=True)
    visits = models.PositiveSmallIntegerField(default=0)
    residents = models.PositiveSmallIntegerField(null=True, help_text="how many live there, as said at the door; no names")
    visited = models.DateTimeField(null=True)
    visitor = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "dwelling"], name="survey_door_once"),
            models.CheckConstraint(condition=Q(result="") | Q(result__in=list(VISIT_RESULTS)), name="survey_result_known"),
        ]
        indexes = [models.Index(fields=["survey", "path"], name="survey_door_place")]
