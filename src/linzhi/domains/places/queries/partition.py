"""What is wrong with the grids of a place: ground that no grid has, that two have, that lies elsewhere; and who has to mend it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhi.domains.places.models import Building, Estate, Grid, GridPart
from linzhi.domains.places.queries.dated import in_force
from linzhi.domains.places.rules import PARTITION
from linzhi.foundation.territory.history import inside, names_on
from linzhi.foundation.territory.paths import SEGMENT, ancestors, covers

OWNER = "community_worker"
"""The role that has to mend a problem, in the problem's community."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `kind`: gap, overlap, outside, outside_grid, empty, orphan. `path` is the ground, or the community of a grid."""

    kind: str
    community: str
    path: str
    place: str
    grids: tuple[str, ...]
    owner: str = OWNER

    @property
    def words(self) -> str:
        """What is wrong, as a sentence."""
        named = "、".join(self.grids)
        return {
            "gap": _("%(place)s还没有划进任何网格。"),
            "overlap": _("%(place)s同时归%(grids)s。一块地方只能归一个网格。"),
            "outside": _("%(grids)s的%(place)s不在它的社区里。"),
            "outside_grid": _("微网格%(grids)s的%(place)s不在它所属的网格里。"),
            "empty": _("%(grids)s还没有划定范围。"),
            "orphan": _("微网格%(grids)s没有写明属于哪个网格。"),
        }[self.kind] % {"place": self.place, "grids": named}


def grid_problems(path: str, on: date) -> list[Problem]:
    """Everything wrong with the grids inside a place on a day, by community; five statements. Grids are public facts."""
    parts = _parts(path, on)
    grids = {row.pk: row for row in Grid.objects.filter(in_force(on), inside("path", path, on)).select_related("parent").order_by("code")}
    ground = _ground(path, on)
    holders: dict[str, list[int]] = defaultdict(list)
    for grid_id, where in parts:
        if grid_id in grids and grids[grid_id].kind in PARTITION:
            holders[where].append(grid_id)
    found: list[tuple[str, str, str, tuple[int, ...]]] = []
    for where, community in ground.items():
        mine = tuple(dict.fromkeys(pk for step in ancestors(where) for pk in holders.get(step, ())))
        if len(mine) != 1:
            found.append(("gap" if not mine else "overlap", community, where, mine))
    found += _of_grids(grids, parts)
    names = names_on([where for _kind, _community, where, _grids in found] + [where[:-SEGMENT] for _k, _c, where, _g in found], on)
    return [
        Problem(kind, community, where, _label(where, community, names), tuple(grids[pk].name for pk in mine))
        for kind, community, where, mine in sorted(found, key=lambda one: (one[1], one[0] == "gap", one[2]))
    ]


def _parts(path: str, on: date) -> list[tuple[int, str]]:
    rows = GridPart.objects.filter(in_force(on), inside("grid__path", path, on))
    return list(rows.order_by("path", "pk").values_list("grid_id", "path"))


def _ground(path: str, on: date) -> dict[str, str]:
    """Every building, and every estate without one, with the path of its community."""
    buildings = list(Building.objects.filter(in_force(on), inside("path", path, on)).order_by("path").values_list("path", flat=True))
    built = {where[:-SEGMENT] for where in buildings}
    estates = Estate.objects.filter(in_force(on), inside("path", path, on)).values_list("path", flat=True)
    ground = {where: where[: -2 * SEGMENT] for where in buildings}
    return ground | {where: where[:-SEGMENT] for where in estates if where not in built}


def _of_grids(grids: dict[int, Grid], parts: list[tuple[int, str]]) -> list[tuple[str, str, str, tuple[int, ...]]]:
    ground: dict[int, list[str]] = defaultdict(list)
    for grid_id, where in parts:
        ground[grid_id].append(where)
    found: list[tuple[str, str, str, tuple[int, ...]]] = []
    for pk, grid in grids.items():
        if not ground[pk]:
            found.append(("empty", grid.path, grid.path, (pk,)))
        if grid.kind == "micro" and grid.parent_id is None:
            found.append(("orphan", grid.path, grid.path, (pk,)))
        above = set(ground.get(grid.parent_id, ())) if grid.parent_id else None
        for where in ground[pk]:
            if not covers(grid.path, where):
                found.append(("outside", grid.path, where, (pk,)))
            elif above is not None and not above & set(ancestors(where)):
                found.append(("outside_grid", grid.path, where, (pk,)))
    return found


def _label(where: str, community: str, names: dict[str, str]) -> str:
    name = names.get(where, "")
    estate = names.get(where[:-SEGMENT], "")
    return f"{estate} {name}" if len(where) > len(community) + SEGMENT and estate else name


def parts_of_grids(on: date) -> QuerySet[GridPart]:
    """The pieces of ground of grids in force on a day, micro-grids left out; for figures above."""
    running = Q(grid__end__isnull=True) | Q(grid__end__gt=on)
    return GridPart.objects.filter(in_force(on), running, grid__begin__lte=on, grid__kind__in=PARTITION)
