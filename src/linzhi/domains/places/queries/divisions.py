"""The tree of divisions as of a day, what lies in a part of it, and what has been changed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhi.domains.places.models import Building, Dwelling, Estate
from linzhi.domains.places.queries.dated import in_force
from linzhi.flow.models import Matter
from linzhi.foundation.access.models import Grant
from linzhi.foundation.territory.history import Move, inside, moves_after
from linzhi.foundation.territory.models import Former, Succession, Territory
from linzhi.foundation.territory.paths import SEGMENT, county_of, covers, within
from linzhi.kernel.clock import day_of

LEVELS = ("county", "street", "community")
MOST = 500
"""Places that a form offers to choose from."""


@dataclass(frozen=True)
class Branch:
    """A division as it was on a day: `depth` below the place that was asked for, `estates` directly or further down in it."""

    code: str
    name: str
    level: str
    depth: int
    estates: int


@dataclass(frozen=True)
class Touched:
    """What lies in a place now, and so goes with it: `people` hold power over it or over something in it, `matters` aren't done."""

    estates: int
    buildings: int
    dwellings: int
    people: int
    matters: int


@dataclass(frozen=True)
class Change:
    """Something that was changed in the tree from a day on, in words, with the document it rests on."""

    day: date
    words: str
    basis: str = ""


def branches(path: str, on: date) -> list[Branch]:
    """The divisions below a place as the tree was on a day, the place itself first; five statements."""
    rows = Territory.objects.filter(inside("path", path, on), in_force(on), level__in=LEVELS)
    kept = {row.path: row for row in rows}
    called = _called(kept, on)
    moves = moves_after(on)
    homes = [_then(at, moves) for at in Estate.objects.filter(inside("path", path, on), in_force(on)).values_list("path", flat=True)]
    estates = Counter(home[: len(home) - SEGMENT * above] for home in homes for above in (1, 2, 3))
    then = {_then(at, moves): row for at, row in kept.items()}
    top = len(_then(path, moves))
    return [
        Branch(*called.get(row.path, (row.code, row.name)), row.level, (len(at) - top) // SEGMENT, estates[at])
        for at, row in sorted(then.items())
    ]


def _then(path: str, moves: list[Move]) -> str:
    """Where a place with this path of now hung before the moves."""
    for move in reversed(moves):
        if covers(move.new, path):
            path = move.old + path[len(move.new) :]
    return path


def _now(path: str, moves: list[Move]) -> str:
    """Where what had this path before the moves hangs now."""
    for move in moves:
        if covers(move.old, path):
            path = move.new + path[len(move.old) :]
    return path


def _called(paths: Iterable[str], on: date) -> dict[str, tuple[str, str]]:
    """Path of now to code and name on a day, of those places that are called otherwise now."""
    rows = Former.objects.filter(territory__path__in=list(paths), begin__lte=on, end__gt=on)
    return {at: (code, name) for at, code, name in rows.values_list("territory__path", "code", "name")}


def homes(paths: Iterable[str], on: date) -> dict[str, tuple[str, str]]:
    """Path (of now) to code and name of the place that it lay in directly on a day, many in three statements."""
    moves = moves_after(on)
    above = {path: _now(_then(path, moves)[:-SEGMENT], moves) for path in paths}
    rows = Territory.objects.filter(path__in=set(above.values())).values_list("path", "code", "name")
    known = {at: (code, name) for at, code, name in rows}
    known |= _called(known, on)
    return {path: known[home] for path, home in above.items() if home in known}


def touched(path: str, at: datetime) -> Touched:
    """What lies in a place at a moment; five counts."""
    day = day_of(at)
    held = Grant.objects.filter(within("path", path), Q(end__isnull=True) | Q(end__gt=at), begin__lte=at)
    return Touched(
        Estate.objects.filter(within("path", path), in_force(day)).count(),
        Building.objects.filter(within("path", path), in_force(day)).count(),
        Dwelling.objects.filter(within("path", path), in_force(day)).count(),
        held.values("account_id").distinct().count(),
        Matter.objects.filter(within("path", path), closed_at__isnull=True).count(),
    )


def changes(path: str, most: int = 50) -> list[Change]:
    """What was changed in the tree inside a place, the latest first: founded, renamed, hung elsewhere, taken over, ended."""
    there = Q(within("path", path)) | Q(within("moved_to", path))
    formers = list(Former.objects.filter(there).select_related("territory").order_by("-end", "-pk")[:most])
    taken = Q(within("old__path", path)) | Q(within("new__path", path))
    successions = list(Succession.objects.filter(taken).select_related("old", "new").order_by("-day", "-pk")[:most])
    names = _names({one.path[:-SEGMENT] for one in formers} | {one.moved_to[:-SEGMENT] for one in formers})
    found = [_of_former(one, names) for one in formers]
    for row in successions:
        words = _("“%(old)s”由“%(new)s”接续") if row.old.end == row.day else _("从“%(old)s”分出“%(new)s”")
        found.append(Change(row.day, words % {"old": row.old.name, "new": row.new.name}))
    divisions = Territory.objects.filter(within("path", path), level__in=LEVELS[1:])
    first = Territory.objects.values_list("begin", flat=True).get(path=county_of(path))
    # Those that were there when the county was entered weren't founded then; those that took over say so already.
    founded = divisions.filter(begin__gt=first, predecessors=None).order_by("-begin")
    found += [Change(begin, _("设立“%(name)s”") % {"name": name}) for name, begin in founded.values_list("name", "begin")[:most]]
    ended = divisions.filter(end__isnull=False, successors=None).order_by("-end")
    found += [Change(end, _("撤销“%(name)s”") % {"name": name}) for name, end in ended.values_list("name", "end")[:most] if end]
    return sorted(found, key=lambda one: one.day, reverse=True)[:most]


def _of_former(one: Former, names: dict[str, str]) -> Change:
    """What ended a stretch in which a place was called and hung otherwise."""
    if one.path[:-SEGMENT] == one.moved_to[:-SEGMENT]:
        words = _("“%(old)s”改了名称或编码") % {"old": one.name}
    else:
        facts = {"name": one.name, "old": names.get(one.path[:-SEGMENT], ""), "new": names.get(one.moved_to[:-SEGMENT], "")}
        words = _("“%(name)s”从“%(old)s”划到“%(new)s”") % facts
    return Change(one.end, words, one.basis)


def _names(paths: set[str]) -> dict[str, str]:
    """Path to name, also of paths that places had before; a path is never used again."""
    former = dict(Former.objects.filter(path__in=paths).values_list("path", "name"))
    return former | dict(Territory.objects.filter(path__in=paths).values_list("path", "name"))


def _in_county(place: Territory, level: str) -> QuerySet[Territory]:
    return Territory.objects.filter(within("path", county_of(place.path)), level=level, end__isnull=True).order_by("path")


def candidates(place: Territory) -> list[Territory]:
    """Where a community or an estate could be hung instead: the places of its parent's level in its county that haven't ended."""
    above = LEVELS[LEVELS.index(place.level) - 1] if place.level in LEVELS else LEVELS[-1]
    return list(_in_county(place, above).exclude(pk=place.parent_id or 0)[:MOST])


def alike(place: Territory) -> list[Territory]:
    """The other places of its level in its county that haven't ended."""
    return list(_in_county(place, place.level).exclude(pk=place.pk)[:MOST])
