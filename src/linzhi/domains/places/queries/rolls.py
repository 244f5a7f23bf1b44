"""Long lists of the ground, a page at a time: what follows a row is found by where that row stands, so the last page costs as the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length

from linzhi.domains.places.models import Dwelling, Occupancy, Space, Unit, Venue
from linzhi.domains.places.queries.dated import as_of, in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.history import inside
from linzhi.kernel.clock import day_of

Position = tuple[str | int, ...]
_ORDER = ("path", "unit_length", "unit", "level", "room_length", "room", "pk")


@dataclass(frozen=True)
class Wanted:
    """Which dwellings: inside `path`, of a kind, a unit, a state; `text` reads like 3幢2单元502; `on` the day (None: the asker's).

    `among` narrows them by what a higher domain knows of them.
    """

    path: str
    kind: str = ""
    unit: str = ""
    occupancy: str = ""
    text: str = ""
    on: date | None = None
    among: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Roll:
    """A page of dwellings with how each is lived in; `next` is the position after the last one, None at the end."""

    rows: list[Dwelling]
    occupancy: dict[int, str]
    next: Position | None


def dwellings(powers: Powers, wanted: Wanted, after: Position | None = None, count: int = 50) -> Roll:
    """A page of the roll of dwellings as of a day, by building, unit, floor and room; only what the asker may see."""
    from linzhi.domains.places.queries import reading_like

    on = wanted.on or day_of(powers.at)
    rows = Dwelling.objects.filter(powers.visible("places.view_dwelling"), in_force(on), inside("path", wanted.path, on))
    for name, value in (("kind", wanted.kind), ("unit", wanted.unit)):
        rows = rows.filter(**{name: value}) if value else rows
    if wanted.occupancy == "unknown":
        rows = rows.exclude(occupancies__in=Occupancy.objects.filter(in_force(on)).exclude(state="unknown"))
    elif wanted.occupancy:
        rows = rows.filter(occupancies__in=Occupancy.objects.filter(in_force(on), state=wanted.occupancy))
    rows = rows.filter(wanted.among)
    if wanted.text:
        rows = reading_like(rows, wanted.text)
    rows = _ordered(rows)
    if after is not None:
        rows = rows.filter(path__gte=after[0]).filter(_beyond(after))
    found = list(rows.select_related("building__estate")[: count + 1])
    page = as_of("dwelling", found[:count], on)
    states = dict(Occupancy.objects.filter(in_force(on), dwelling__in=[row.pk for row in page]).values_list("dwelling_id", "state"))
    return Roll(page, states, position(page[-1]) if len(found) > count else None)


def position(row: Dwelling) -> Position:
    """Where a dwelling stands in the roll."""
    return (row.path, len(row.unit), row.unit, -99 if row.floor is None else row.floor, len(row.room), row.room, row.pk)


def _ordered(rows: QuerySet[Dwelling]) -> QuerySet[Dwelling]:
    """By building, then as people count: unit 2 before 10, floor 2 before 10. The database needs to sort inside a building only."""
    named: Any = {"unit_length": Length("unit"), "level": Coalesce("floor", Value(-99)), "room_length": Length("room")}
    return rows.annotate(**named).order_by(*_ORDER)


def _beyond(after: Position) -> Q:
    result = Q(pk__in=())
    equal = Q()
    for name, value in zip(_ORDER, after, strict=True):
        result |= equal & Q(**{f"{name}__gt": value})
        equal &= Q(**{name: value})
    return result


def units_of(building_id: int, on: date) -> list[Unit]:
    """The entrances of a building on a day, in the order of their numbers."""
    return sorted(Unit.objects.filter(in_force(on), building_id=building_id), key=lambda row: (len(row.number), row.number))


def venues(path: str, on: date) -> list[Venue]:
    """The venues inside a place as they were on a day. Public facts."""
    return as_of("venue", list(Venue.objects.filter(in_force(on), inside("path", path, on)).order_by("path", "name")), on)


def spaces(path: str, on: date) -> list[Space]:
    """The idle spaces inside a place, and those that were idle once, as they were on a day. Public facts."""
    return as_of("space", list(Space.objects.filter(in_force(on), inside("path", path, on)).order_by("path", "name")), on)


def dwellings_by_pk(pk: int) -> Dwelling | None:
    """A dwelling in force with its building and estate, or None; whether the asker may see it the page decides."""
    return Dwelling.objects.filter(pk=pk, end=None).select_related("building__estate").first()


def occupancy_of(pk: int, on: date) -> str:
    """How a dwelling is lived in on a day."""
    return Occupancy.objects.filter(in_force(on), dwelling_id=pk).values_list("state", flat=True).first() or "unknown"
