"""Rows as of a day: in force, and with the facts that held then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q

from linzhi.domains.places.models import FormerFacts

M = TypeVar("M", bound=Model)

# Facts that hold from a day on, by what they are of; what they were before is in FormerFacts.
DATED: dict[str, tuple[str, ...]] = {
    "estate": (
        "kind", "built_year", "declared_buildings", "households", "residents", "population", "conditions", "self_government",
        "property_arrangement",
    ),
    "building": ("kind", "units", "floors"),
    "dwelling": ("kind", "use", "exclusive_area", "area_source"),
    "venue": ("level", "kind", "area", "functions", "equipment", "signs", "premises"),
    "space": ("area", "premises", "state"),
    "unit": (),
    "grid": (),
    "facility": (),
}  # fmt: skip


def in_force(on: date) -> Q:
    """A filter for dated rows: begun on the day, not ended."""
    return Q(begin__lte=on) & (Q(end__isnull=True) | Q(end__gt=on))


def former_facts(what: str, on: date, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Row to its facts on a day, of those that have changed since; one statement."""
    rows = FormerFacts.objects.filter(what=what, row_id__in=list(ids), begin__lte=on, end__gt=on) if ids else FormerFacts.objects.none()
    return dict(rows.values_list("row_id", "facts"))


def as_of(what: str, rows: list[M], on: date) -> list[M]:
    """The same rows with the facts that held on a day (not to be saved): a kind of then, an area before its correction."""
    later = [row.pk for row in rows if (since := getattr(row, "since", None)) is not None and since > on]
    facts = former_facts(what, on, later)
    for row in rows:
        for name, value in facts.get(row.pk, {}).items():
            setattr(row, name, value)
    return rows
