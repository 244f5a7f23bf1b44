"""The tree as it was: what lay inside a place on a day, where a place hung then, what it was called.

Every row says by its path where its place lies now. When a place is hung elsewhere, its rows follow (`growth.carry`), and a question about
a day before is translated into the paths of now. What moved since that day is almost always nothing, so the translation is one small read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from linzhi.foundation.statements.kept import fetch
from linzhi.foundation.territory.models import Former, Succession, Territory
from linzhi.foundation.territory.paths import SEGMENT, ancestors, covers, within

NOWHERE = Q(pk__in=())


@dataclass(frozen=True)
class Move:
    """A place and all in it went from one path to another on a day."""

    old: str
    new: str
    day: date


@dataclass(frozen=True)
class Stood:
    """A place as it was on a day: its code, name and path then, and its path now."""

    code: str
    name: str
    level: str
    path: str
    now: str


def moves_after(on: date) -> list[Move]:
    """The moves that took effect after a day, the earliest first."""

    def build(on: date) -> QuerySet[Former, tuple[str, str, date]]:
        rows = Former.objects.filter(end__gt=on).exclude(path=F("moved_to")).order_by("end", "pk")
        return rows.values_list("path", "moved_to", "end")

    return [Move(old, new, day) for old, new, day in fetch("territory.moves_after", build, on)]


def path_on(path: str, on: date) -> str:
    """Where a place with this path of now hung on a day."""
    for move in reversed(moves_after(on)):
        if covers(move.new, path):
            path = move.old + path[len(move.new) :]
    return path


def path_now(path: str, on: date) -> str:
    """Where what had this path on a day hangs now."""
    for move in moves_after(on):
        if covers(move.old, path):
            path = move.new + path[len(move.old) :]
    return path


def inside(field: str, path: str, on: date) -> Q:
    """A filter for rows whose place lay inside a place on a day; `path` is the place's path of now.

    For a day after the last move it is `paths.within`. What a street took over later is left out, what it gave away is found.
    """
    moves = moves_after(on)
    if not moves:
        return within(field, path)
    then = path
    for move in reversed(moves):
        if covers(move.new, then):
            then = move.old + then[len(move.new) :]
    return _filter(field, _region(then, moves))


def _region(path: str, moves: Iterable[Move]) -> dict[str, bool]:
    """The subtree of `path` after the moves, as prefixes that are in or out; the longest prefix of a path decides."""
    region = {path: True}
    for move in moves:
        moved = {move.new: _holds(region, move.old)}
        for key in [key for key in region if covers(move.old, key)]:
            moved[move.new + key[len(move.old) :]] = region.pop(key)
        region |= moved
    return {key: held for key, held in region.items() if held != _holds(region, key[:-SEGMENT])}


def _holds(region: dict[str, bool], path: str) -> bool:
    return next((region[step] for step in reversed(ancestors(path)) if step in region), False)


def _filter(field: str, region: dict[str, bool]) -> Q:
    result = NOWHERE
    for key in sorted(region):
        if region[key]:
            result |= _cut(field, key, region)
    return result


def _cut(field: str, key: str, region: dict[str, bool]) -> Q:
    """The subtree of one prefix without those below it that are decided differently."""
    rows = within(field, key)
    below = [other for other in region if other != key and covers(key, other)]
    for other in below:
        if not any(covers(step, other) and step != other for step in below):
            rows &= ~_cut(field, other, region)
    return rows


def line_on(path: str, on: date) -> list[Stood]:
    """The places from the nation down to a place, as they were on a day; `path` is its path of now."""
    then = ancestors(path_on(path, on))
    now = {path_now(step, on): step for step in then}
    rows = {row.path: row for row in Territory.objects.filter(path__in=now)}
    called = _called([row.pk for row in rows.values()], on)
    found = []
    for step_now, step in now.items():
        if step_now in rows:
            row = rows[step_now]
            code, name = called.get(row.pk, (row.code, row.name))
            found.append(Stood(code, name, row.level, step, step_now))
    return found


def names_on(paths: Iterable[str], on: date) -> dict[str, str]:
    """Path of now to the name that the place had on a day; unknown paths are left out."""
    rows = dict(Territory.objects.filter(path__in=set(paths)).values_list("path", "pk"))
    names = dict(Territory.objects.filter(pk__in=rows.values()).values_list("pk", "name"))
    called = _called(list(names), on)
    return {path: called[pk][1] if pk in called else names[pk] for path, pk in rows.items()}


def _called(ids: list[int], on: date) -> dict[int, tuple[str, str]]:
    rows = Former.objects.filter(territory_id__in=ids, begin__lte=on, end__gt=on)
    return {pk: (code, name) for pk, code, name in rows.values_list("territory_id", "code", "name")}


def find(code: str) -> Territory | None:
    """The place with this code; else the place that last had it, so that what is printed on a wall or in a ledger still leads there."""
    found = Territory.objects.filter(code=code).first()
    if found is None:
        former = Former.objects.filter(code=code).select_related("territory").order_by("-end", "-pk").first()
        found = former.territory if former else None
    return found


def successors(path: str) -> list[Territory]:
    """The places that took over from an ended one."""
    return [row.new for row in Succession.objects.filter(old__path=path).select_related("new").order_by("new__path")]


def past_of(place: Territory) -> list[Former]:
    """What a place was before, the earliest first."""
    return list(place.former.order_by("end", "pk"))
