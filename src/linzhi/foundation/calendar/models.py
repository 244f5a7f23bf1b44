"""Days that differ from the week, years that are announced, office hours, and a mark that changes with each edit."""

from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """A day that differs from the week: a weekday off, or a weekend day worked to make up for one."""

    day = models.DateField(unique=True)
    workday = models.BooleanField()
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """A year and whether its holidays are announced; a year without a row is not."""

    year = models.PositiveSmallIntegerField(unique=True)
    confirmed = models.BooleanField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class OfficeHours(models.Model):
    """One stretch of office hours, in force from `begin` until the next date that has rows; without rows, the default holds."""

    begin = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    source = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["begin", "opens"], name="calendar_hours_open_once"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="calendar_hours_close_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


class CalendarVersion(models.Model):
    """One row whose token is new after every edit, so that each process knows when to read the calendar again."""

    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="calendar_has_one_version")]

    def __str__(self) -> str:
        return self.token
