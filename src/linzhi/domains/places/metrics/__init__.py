"""Named figures of the ground, for many places at once and as of any day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from linzhi.domains.places.models import Building, Dwelling, Estate, FormerFacts, GridPart, ProfileField, Space, Unit, Venue
from linzhi.domains.places.queries.dated import as_of, in_force
from linzhi.domains.places.queries.profile import last_verifications, needed_fields, verify_days
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import ESTATE_LENGTH, SEGMENT
from linzhi.kernel.clock import day_of


@dataclass(frozen=True)
class Counted:
    """What an estate's rows say on a day. `households` counts homes used to live in; `area` sums exclusive areas in 1/100 m²."""

    buildings: int = 0
    units: int = 0
    households: int = 0
    homes: int = 0
    shops: int = 0
    parking: int = 0
    area: int = 0


@dataclass(frozen=True)
class Complete:
    """How much of an estate's profile is filled; `verified` is the last check, `due` whether another one is due (`profile.verify_days`)."""

    filled: int
    needed: int
    verified: date | None
    due: bool


def counted(path: str, on: date) -> dict[str, Counted]:
    """Estate path (of now) to its counted rows on a day, inside `path`. Estates without any row are left out."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for model, name in ((Building, "buildings"), (Unit, "units")):
        for where, n in model.objects.filter(in_force(on), inside("path", path, on)).values_list("path").annotate(n=Count("pk")).order_by():
            totals[where[:ESTATE_LENGTH]][name] += n
    for where, building in counted_by_building(path, on).items():
        for name in ("households", "homes", "shops", "parking", "area"):
            totals[where[:ESTATE_LENGTH]][name] += getattr(building, name)
    return {where: Counted(**total) for where, total in totals.items()}


def counted_by_building(path: str, on: date) -> dict[str, Counted]:
    """Building path (of now) to its counted dwellings, shops and parking spaces on a day, inside `path`."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for where, kind, use, n, area in _dwellings(path, on):
        total = totals[where]
        total[{"home": "homes", "shop": "shops", "parking": "parking"}[kind]] += n
        total["households"] += n if kind == "home" and use == "residential" else 0
        total["area"] += area
    return {where: Counted(**total) for where, total in totals.items()}


def _dwellings(path: str, on: date) -> list[tuple[str, str, str, int, int]]:
    """Path, kind, use, number and area; grouped by the database, but for rows whose facts have changed since the day."""
    rows = Dwelling.objects.filter(in_force(on), inside("path", path, on))
    as_now = rows.filter(Q(since__isnull=True) | Q(since__lte=on))
    grouped = as_now.values_list("path", "kind", "use").annotate(n=Count("pk"), area=Sum("exclusive_area")).order_by()
    found = [(where, kind, use, n, area or 0) for where, kind, use, n, area in grouped]
    changed = dict(rows.filter(since__gt=on).values_list("pk", "path"))
    if changed:
        former = FormerFacts.objects.filter(inside("path", path, on), what="dwelling", begin__lte=on, end__gt=on)
        for pk, facts in former.values_list("row_id", "facts"):
            if pk in changed:
                found.append((changed[pk], facts["kind"], facts["use"], 1, facts["exclusive_area"] or 0))
    return found


def households_by_grid(path: str, on: date) -> dict[int, int]:
    """Grid to the number of homes used to live in on its ground on a day, for grids inside `path`; micro-grids too (CM-01 counts by this).

    A grid whose ground is empty counts nought.
    """
    parts = list(GridPart.objects.filter(in_force(on), inside("grid__path", path, on)).values_list("grid_id", "path"))
    at: Counter[str] = Counter()
    for where, kind, use, n, _area in _dwellings(path, on):
        if kind == "home" and use == "residential":
            at[where] += n
            at[where[:-SEGMENT]] += n
    totals: dict[int, int] = {}
    for grid_id, where in parts:
        totals[grid_id] = totals.get(grid_id, 0) + at[where]
    return totals


def completeness(path: str, on: date) -> dict[str, Complete]:
    """Estate path (of now) to how complete its profile is on a day (JS-01), for the estates in force inside `path`; four statements."""
    estates = dict(Estate.objects.filter(in_force(on), inside("path", path, on)).values_list("pk", "path"))
    filled: dict[int, set[str]] = defaultdict(set)
    for pk, name in ProfileField.objects.filter(in_force(on), inside("path", path, on)).values_list("estate_id", "field"):
        filled[pk].add(name)
    verified = last_verifications(list(estates), on)
    rules = {community: _rule(community, on) for community in {where[:-SEGMENT] for where in estates.values()}}
    found = {}
    for pk, where in estates.items():
        needed, days = rules[where[:-SEGMENT]]
        last = day_of(verified[pk].at) if pk in verified else None
        due = last is None or (days > 0 and last + timedelta(days=days) <= on)
        found[where] = Complete(len(filled[pk] & set(needed)), len(needed), last, due)
    return found


def _rule(path: str, on: date) -> tuple[tuple[str, ...], int]:
    return needed_fields(path, on), verify_days(path, on)


def completeness_share(path: str, on: date) -> tuple[int, int]:
    """Filled and needed facts of all profiles inside a place on a day: numerator and denominator."""
    rows = completeness(path, on).values()
    return sum(row.filled for row in rows), sum(row.needed for row in rows)


def estates_by_kind(path: str, on: date) -> dict[str, int]:
    """Kind to the number of estates that were of it on a day, inside `path`."""
    rows = as_of("estate", list(Estate.objects.filter(in_force(on), inside("path", path, on))), on)
    return dict(Counter(row.kind for row in rows))


def venue_area(path: str, on: date) -> dict[str, tuple[int, int]]:
    """Level to the number of venues and their area in 1/100 m² on a day, inside `path`."""
    found: dict[str, tuple[int, int]] = {}
    for row in as_of("venue", list(Venue.objects.filter(in_force(on), inside("path", path, on))), on):
        n, area = found.get(row.level, (0, 0))
        found[row.level] = (n + 1, area + (row.area or 0))
    return found


def idle_area(path: str, on: date) -> dict[str, int]:
    """State to the area in 1/100 m² of spaces on a day: what is activated is no longer idle (HY-24)."""
    found: Counter[str] = Counter()
    for row in as_of("space", list(Space.objects.filter(in_force(on), inside("path", path, on))), on):
        found[row.state] += row.area or 0
    return dict(found)


def total(rows: dict[str, Counted]) -> Counted:
    """The sum over many estates."""
    result = Counted()
    for row in rows.values():
        result = replace(result, **{name: getattr(result, name) + getattr(row, name) for name in Counted.__dataclass_fields__})
    return result
