"""What the pages of checks and campaigns share: how a place is called, where something is mended, the page of a subject."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, SEGMENT
from linzhi.policy.checks import Check
from linzhi.policy.metrics import subjects
from linzhi.web.jinja import query


def labels(paths: Iterable[str]) -> dict[str, str]:
    """How each place is called below its county; a county, or what lies above it, by its own name. One statement."""
    wanted = set(paths)
    steps = {path[:end] for path in wanted for end in range(COUNTY_LENGTH, len(path) + 1, SEGMENT)} | wanted
    names = territory.names(sorted(steps))
    found = {}
    for path in wanted:
        below = [names.get(path[:end], "") for end in range(COUNTY_LENGTH + SEGMENT, len(path) + 1, SEGMENT)]
        found[path] = " ".join(filter(None, below)) or names.get(path, "")
    return found


def line(place: Territory, widest: str) -> list[tuple[str, str]]:
    """Name and code of the places from the asker's widest one down."""
    return [(step.name, step.code) for step in territory.line(place.path) if len(step.path) >= len(widest)]


def door(check: Check, subject: str, code: str) -> str:
    """The page on which something is mended, at the subject's place; an estate's own page where the register of estates is meant."""
    if subject == "estate" and check.entry.door == "places:home" and code:
        return reverse("places:estate", args=[code])
    return reverse(check.entry.door) + (query({}, place=code) if code and check.entry.door.startswith("places:") else "")


def records(subject: str, code: str) -> str:
    """The page that shows a subject's own records; for a place without one, how it stands."""
    page = subjects()[subject].page if subject in subjects() else ""
    if page and code:
        return reverse(page, args=[code])
    if subject == "grid":
        return reverse("places:grids") + query({}, place=code)
    return reverse("compliance:standing", args=[code]) if code else ""


def who(key: str) -> str:
    """The name of whoever an actor's key means; empty for a program or job."""
    kind, _colon, number = key.partition(":")
    return accounts.name(int(number)) if kind == "person" and number.isdigit() else ""
