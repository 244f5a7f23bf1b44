"""Reads of surveys: whose they are, how far they have come by place, which doors are next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from linzhi.domains.people.models import Survey, SurveyDoor
from linzhi.domains.people.rules import VISITS_ENOUGH
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import SEGMENT, ancestors, covers, within
from linzhi.kernel.clock import BEIJING

VIEW = "people.view_survey"


def survey(powers: Powers, pk: int) -> Survey | None:
    """A survey that concerns the asker: of a place inside the own posts' reach, or around it; else None."""
    found = Survey.objects.filter(pk=pk).first()
    if found is None or powers.decide(VIEW, found) or _reach(powers, found.path):
        return found
    return None


def _reach(powers: Powers, path: str) -> list[str]:
    """The places of the asker's posts inside `path`, for roles that may see surveys."""
    from linzhi.foundation.access.actions import action_of

    roles = {rule.role for rule in action_of(VIEW).rules}
    return sorted({grant.path for role, held in powers.grants.items() if role in roles for grant in held if covers(path, grant.path)})


@dataclass(frozen=True)
class Progress:
    """How far a survey is in one place: doors, those where somebody was, those that need no further visit, and refusals among them."""

    path: str
    label: str
    doors: int
    visited: int
    answered: int
    refused: int


def progress(powers: Powers, survey: Survey, path: str = "") -> list[Progress]:
    """A survey by the places one level below `path` (else below its own), for the doors that the asker may see."""
    top = path if path and covers(survey.path, path) else survey.path
    rows = survey.doors.filter(powers.visible(VIEW), within("path", top)).annotate(spot=Substr("path", 1, len(top) + SEGMENT))
    counted = rows.values_list("spot").annotate(
        doors=Count("pk"), visited=Count("pk", filter=~Q(result="")), answered=Count("pk", filter=Q(result__in=VISITS_ENOUGH)),
        refused=Count("pk", filter=Q(result="refused")),
    ).order_by("spot")  # fmt: skip
    found = list(counted)
    labels = places.place_labels({spot for spot, *_numbers in found})
    return [Progress(spot, labels.get(spot, ""), *numbers) for spot, *numbers in found]


@dataclass(frozen=True)
class BuildingDoors:
    """A building in a survey: its doors, and how many still need a visit."""

    path: str
    label: str
    doors: int
    left: int


def buildings(powers: Powers, survey: Survey) -> list[BuildingDoors]:
    """The buildings whose doors are the asker's to visit, with how many are left, in the order of the tree."""
    rows = survey.doors.filter(powers.visible("people.record_visit")).values_list("path")
    counted = list(rows.annotate(n=Count("pk"), left=Count("pk", filter=~Q(result__in=VISITS_ENOUGH))).order_by("path"))
    labels = places.place_labels({path for path, *_numbers in counted})
    return [BuildingDoors(path, labels.get(path, ""), n, left) for path, n, left in counted]


def next_doors(powers: Powers, survey: Survey, path: str, at: datetime) -> list[SurveyDoor]:
    """The doors of a building that need a visit: those where nobody was today first, by address. A refusal isn't asked again."""
    rows = survey.doors.filter(powers.visible("people.record_visit"), within("path", path)).exclude(result__in=VISITS_ENOUGH)
    ordered = rows.select_related("dwelling__building__estate").order_by(F("dwelling__unit"), "dwelling__floor", "dwelling__room", "pk")
    morning = at.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    return sorted(ordered, key=lambda door: door.visited is not None and door.visited >= morning)


def door(powers: Powers, pk: int) -> SurveyDoor | None:
    """One door that is the asker's to visit."""
    rows = SurveyDoor.objects.filter(powers.visible("people.record_visit"), pk=pk)
    return rows.select_related("survey", "dwelling__building__estate").first()


def line_of(survey: Survey, path: str) -> list[tuple[str, str]]:
    """Path and name of the places from a survey's own down to `path`."""
    steps = [step for step in ancestors(path) if covers(survey.path, step)] if covers(survey.path, path) else [survey.path]
    labels = places.place_labels(steps)
    return [(step, labels.get(step, "")) for step in steps]
