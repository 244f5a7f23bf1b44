"""Reads of the ground. Estates, buildings, grids and facilities are public; the roll of dwellings is for staff in their territory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

# Named twice on purpose: the row types are part of what higher domains may use.
from linzhi.domains.places.models import Building as Building
from linzhi.domains.places.models import Dwelling as Dwelling
from linzhi.domains.places.models import Estate as Estate
from linzhi.domains.places.models import Facility as Facility
from linzhi.domains.places.models import Grid as Grid
from linzhi.domains.places.models import GridPart
from linzhi.domains.places.queries.dated import DATED as DATED
from linzhi.domains.places.queries.dated import as_of as as_of
from linzhi.domains.places.queries.dated import in_force as in_force
from linzhi.domains.places.queries.profile import missing_fields as missing_fields
from linzhi.domains.places.queries.profile import profile_of as profile_of
from linzhi.domains.places.rules import FORMER_KINDS, PARTITION, dwelling_label
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import history
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import ESTATE_LENGTH, ancestors, estate_of, within
from linzhi.kernel.clock import day_of
from linzhi.policy.load import packs
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import find


def estate_kinds(path: str, on: date) -> dict[str, Any]:
    """The kinds of estates that a jurisdiction uses on a day (`estate.types`), code to title; every known one before any rule of it."""
    titles = packs().parameters["estate.types"].shape.options or {}
    answer = find("estate.types", on=on, pack=pack_for(path))
    return {code: titles[code] for code in answer.value} if answer else {**titles, **FORMER_KINDS}


def kind_title(kind: str) -> str:
    """How a kind of estate is called, also one that no jurisdiction uses any more."""
    titles = packs().parameters["estate.types"].shape.options or {}
    return str(titles.get(kind) or FORMER_KINDS.get(kind, kind))


def estates(powers: Powers, path: str = "", on: date | None = None) -> list[Estate]:
    """The estates in force inside `path` (empty: everywhere) on a day (the asker's), in the order of the tree. Open to anyone."""
    on = on or day_of(powers.at)
    rows = Estate.objects.filter(powers.visible("places.view_estate"), in_force(on))
    return as_of("estate", list((rows.filter(inside("path", path, on)) if path else rows).order_by("path")), on)


def estates_in_charge(powers: Powers) -> list[Estate]:
    """The estates that the actor's posts reach, wholly or by a building."""
    reach = Q(pk__in=())
    for path in {grant.path for grants in powers.grants.values() for grant in grants}:
        reach |= within("path", path) | Q(path=estate_of(path))
    return list(Estate.objects.filter(reach, in_force(day_of(powers.at))).order_by("path"))


def estate(code: str) -> Estate | None:
    """The estate with this code, or that had it once, or None."""
    found = Estate.objects.filter(code=code).first()
    if found is None and (place := history.find(code)) is not None and place.level == "estate":
        found = Estate.objects.filter(territory=place).first()
    return found


def estate_at(path: str) -> Estate | None:
    """The estate that `path` lies in, or None above estates."""
    return Estate.objects.filter(path=estate_of(path)).first() if estate_of(path) else None


def estates_by_path(paths: Iterable[str]) -> dict[str, Estate]:
    """Estate path to estate for many paths in one statement; paths above estates are left out."""
    wanted = {estate_of(path) for path in paths} - {""}
    return {row.path: row for row in Estate.objects.filter(path__in=wanted)}


def buildings(estate: Estate, on: date | None = None) -> list[Building]:
    """The buildings of an estate, in the order in which they were registered; with `on`, those in force on the day."""
    rows = estate.buildings.filter(in_force(on)) if on else estate.buildings.all()
    return list(rows.order_by("path"))


def place_label(path: str) -> str:
    """How people call a place: 凤栖苑 3幢 inside an estate, the name of the division above."""
    return place_labels([path]).get(path, "")


def place_labels(paths: Iterable[str]) -> dict[str, str]:
    """Path to label for many places in one statement; unknown paths are left out."""
    wanted = set(paths)
    names = territory.names([*wanted, *(estate_of(path) for path in wanted)])
    labels = {}
    for path in wanted:
        if path in names:
            inside = estate_of(path) not in ("", path)
            labels[path] = f"{names[estate_of(path)]} {names[path]}" if inside else names[path]
    return labels


def grid_at(path: str, at: datetime, kind: str | None = None) -> Grid | None:
    """The grid whose ground holds `path` at a moment; of several (a micro-grid in a grid) the one with the smallest part."""
    rows = GridPart.objects.filter(in_force(day_of(at)), path__in=ancestors(path)).exclude(grid__end__lte=day_of(at))
    if kind is not None:
        rows = rows.filter(grid__kind=kind)
    part = rows.select_related("grid").order_by("-path", "-grid_id").first()
    return part.grid if part else None


def grids(path: str, on: date) -> list[Grid]:
    """The grids in force inside `path`, by code."""
    return list(Grid.objects.filter(in_force(on), inside("path", path, on)).select_related("parent").order_by("code"))


def grid(grid_id: int) -> Grid | None:
    """The grid, or None."""
    return Grid.objects.filter(pk=grid_id).first()


def grid_paths(grid_id: int, on: date) -> list[str]:
    """The places that make up a grid's ground on a day, in the order of the tree."""
    return list(GridPart.objects.filter(in_force(on), grid_id=grid_id).order_by("path").values_list("path", flat=True))


def ground_of(grid_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Grid to the labels of its ground on a day, many in three statements."""
    rows = list(GridPart.objects.filter(in_force(on), grid_id__in=set(grid_ids)).order_by("path").values_list("grid_id", "path"))
    labels = place_labels({path for _pk, path in rows})
    found: dict[int, list[str]] = {}
    for pk, path in rows:
        found.setdefault(pk, []).append(labels.get(path, ""))
    return found


def grids_of(path: str, on: date) -> list[Grid]:
    """The grids that have ground of an estate or building on a day, by code."""
    parts = GridPart.objects.filter(in_force(on)).filter(Q(path__in=ancestors(path)) | within("path", path))
    return list(Grid.objects.filter(in_force(on), pk__in=parts.values("grid_id")).order_by("code"))


def outside_grids(path: str, on: date) -> list[Building]:
    """Buildings inside `path` that no grid but a micro-grid holds on the day: the gaps of the partition."""
    held = set(
        GridPart.objects.filter(in_force(on), grid__kind__in=PARTITION).values_list("path", flat=True).filter(inside("path", path, on))
    )
    rows = Building.objects.filter(in_force(on), inside("path", path, on)).order_by("path")
    return [row for row in rows if not held & set(ancestors(row.path))]


def facility(code: str) -> Facility | None:
    """The facility behind a QR code, with its estate and building, or None."""
    return Facility.objects.select_related("estate", "building").filter(code=code).first()


def facilities(path: str, on: date) -> list[Facility]:
    """The facilities in force inside `path`."""
    return list(Facility.objects.filter(in_force(on), inside("path", path, on)).order_by("path", "code"))


def find_dwellings(powers: Powers, path: str, text: str = "", limit: int = 50) -> list[Dwelling]:
    """Dwellings inside `path` whose label reads like `text` (3幢2单元502, 3-2-502, 502), for staff of the place; at most `limit`."""
    rows = Dwelling.objects.filter(powers.visible("places.view_dwelling"), in_force(day_of(powers.at)), within("path", path))
    return list(reading_like(rows, text).select_related("building").order_by("path", "unit", "floor", "room")[:limit])


def reading_like(rows: QuerySet[Dwelling], text: str) -> QuerySet[Dwelling]:
    """Those of `rows` whose label reads like what somebody wrote (3幢2单元502, 3-2-502, 502)."""
    words = [word for word in "".join(c if c.isalnum() and c not in "幢栋号楼单元室" else " " for c in text).split() if word]
    if words:
        rows = rows.filter(room__endswith=words[-1])
    if len(words) >= 2:
        rows = rows.filter(building__number__startswith=words[0])
    if len(words) >= 3:
        rows = rows.filter(unit=words[1])
    return rows


def dwelling(dwelling_id: int, *, lock: bool = False) -> Dwelling | None:
    """The dwelling with its building and estate, or None; `lock` holds it to the end of the transaction. For commands above."""
    rows = Dwelling.objects.select_related("building__estate").filter(pk=dwelling_id)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def dwellings_by_id(ids: Iterable[int]) -> dict[int, Dwelling]:
    """Id to dwelling with building and estate, many in one statement. For commands above."""
    return {row.pk: row for row in Dwelling.objects.select_related("building__estate").filter(pk__in=set(ids))}


def dwellings_of(building: Building, on: date) -> list[Dwelling]:
    """The dwellings of a building on a day, by unit and floor. For commands above; a page asks `find_dwellings`."""
    return list(building.dwellings.filter(in_force(on)).order_by("unit", "floor", "room"))


def label_of(dwelling: Dwelling) -> str:
    """How a dwelling is called inside its estate: 3幢2单元502."""
    return dwelling_label(dwelling.building.number, dwelling.unit, dwelling.room)


def dwelling_counts(path: str, on: date) -> dict[str, int]:
    """Estate path to its number of residential dwellings in force on the day, inside `path`."""
    rows = Dwelling.objects.filter(in_force(on), inside("path", path, on), use="residential")
    counted = rows.values_list(Substr("path", 1, ESTATE_LENGTH)).annotate(n=Count("pk")).order_by()
    return dict(counted)
