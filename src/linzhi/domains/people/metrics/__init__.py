"""Figures about people over many estates at once. They name nobody; what is small is suppressed where it is shown, not here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from linzhi.domains.people.models import Apart, Membership, Ownership, Person, Survey, SurveyDoor
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, VISITS_ENOUGH, months_later
from linzhi.domains.places.queries import Dwelling, in_force
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import ESTATE_LENGTH, within


def members(path_field: str, on: date, *, months: int = 0, kinds: Collection[str] = tuple(MEMBERSHIP_KINDS), full: bool = True) -> Any:
    """An expression: how many members of an estate count on a day, for a query over rows with `path_field`.

    Counted are full members (all, with `full` False) of some kinds, who by then have lived there for `months` months without a
    break: somebody settled on 30 August counts for six months from the last of February on. LD-03.
    """
    rows = Membership.objects.filter(in_force(on), path=OuterRef(path_field), kind__in=list(kinds))
    if full:
        rows = rows.filter(standing="full", full_since__lte=on)
    if months:
        rows = rows.filter(settled__lte=last_day_to_settle(on, months))
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def last_day_to_settle(on: date, months: int) -> date:
    """The last day on which one can have settled to have lived somewhere for so many months on a day."""
    day = months_later(on, -months)
    # 31 August is half a year after the last of February, and so are 28, 29 and 30 August.
    while months_later(date.fromordinal(day.toordinal() + 1), months) <= on:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def members_by_kind(path: str, on: date) -> dict[str, dict[str, int]]:
    """Estate path to how many members of each kind it has on a day, inside `path`."""
    found: dict[str, dict[str, int]] = {}
    rows = Membership.objects.filter(in_force(on), inside("path", path, on)).values_list("path", "kind")
    for estate, kind, n in rows.annotate(n=Count("pk")).order_by():
        found.setdefault(estate, {})[kind] = n
    return found


def survey_progress(survey: Survey, path: str) -> dict[str, int]:
    """How far a survey is inside `path`: `doors`, `visited` (somebody was there), `answered` (needs no further visit), and each result."""
    rows: QuerySet[SurveyDoor] = survey.doors.filter(within("path", path))
    figures: dict[str, int] = rows.aggregate(
        doors=Count("pk"), visited=Count("pk", filter=~Q(result="")), answered=Count("pk", filter=Q(result__in=VISITS_ENOUGH))
    )
    figures.update(rows.exclude(result="").values_list("result").annotate(n=Count("pk")).order_by())
    return figures


@dataclass(frozen=True)
class Alike:
    """Records of a county that have one phone and may be one person. Nobody is merged by it; a worker looks."""

    persons: tuple[int, ...]
    path: str


def alike(path: str) -> list[Alike]:
    """Records inside `path` with the same phone that no one has yet looked at; `path` of each is where the oldest is kept.

    A family that shares a phone is found too, until somebody says that these are different people.
    """
    rows = Person.objects.filter(within("path", path), merged_into__isnull=True).exclude(phone_index="")
    doubled = rows.values("county", "phone_index").annotate(n=Count("pk")).filter(n__gt=1).values("phone_index")
    found: dict[tuple[str, str], list[Person]] = {}
    for person in rows.filter(phone_index__in=doubled).order_by("pk"):
        found.setdefault((person.county, person.phone_index), []).append(person)
    apart = {tuple(sorted(pair)) for pair in Apart.objects.values_list("one_id", "other_id")}
    return [
        Alike(tuple(person.pk for person in persons), persons[0].path)
        for persons in found.values()
        if any((one.pk, other.pk) not in apart for one, other in combinations(persons, 2))
    ]


def homes_without_owner(path: str, on: date) -> dict[str, tuple[int, int]]:
    """Estate path to how many of its homes have no owner in the register on a day, and how many homes it has."""
    owned = Ownership.objects.filter(in_force(on), dwelling_id=OuterRef("pk"))
    rows = Dwelling.objects.filter(in_force(on), inside("path", path, on), use="residential").annotate(owned=Exists(owned))
    counted = (
        rows.values_list(Substr("path", 1, ESTATE_LENGTH))
        .annotate(without=Count("pk", filter=Q(owned=False)), homes=Count("pk"))
        .order_by()
    )
    return {estate: (without, homes) for estate, without, homes in counted}


def surveys_late(path: str, on: date) -> list[tuple[Survey, str, int]]:
    """Surveys past their last day, the estates where doors were never visited, and how many doors."""
    late = Survey.objects.filter(closed__isnull=True, deadline__lt=on)
    rows = SurveyDoor.objects.filter(within("path", path), survey__in=late, result="")
    counted = rows.values_list("survey_id", Substr("path", 1, ESTATE_LENGTH)).annotate(n=Count("pk")).order_by("survey_id")
    named = {survey.pk: survey for survey in late}
    return [(named[survey], estate, n) for survey, estate, n in counted]
