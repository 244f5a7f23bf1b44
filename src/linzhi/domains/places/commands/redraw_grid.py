"""Change the ground of a grid from one day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.db.models import Max
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.events import GridRedrawn
from linzhi.domains.places.models import Grid, GridPart
from linzhi.domains.places.rules import PARTITION, overlapping
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.territory.paths import ancestors, covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class RedrawGrid(Input):
    """`parts` is the whole new ground: codes of estates or buildings of the grid's community."""

    grid_id: int
    parts: Annotated[tuple[str, ...], Field(max_length=500)]
    begin: date | None = None


def _load(cmd: RedrawGrid) -> Grid:
    grid = Grid.objects.select_for_update().filter(pk=cmd.grid_id).first()
    if grid is None:
        raise NotFound(_("没有这个网格。"))
    return grid


@command("places.redraw_grid", on=_load)
def redraw_grid(ctx: Context, cmd: RedrawGrid, grid: Grid) -> Grid:
    """End the parts that go and begin those that come. Refused before the last change, for a day ahead,
    over ground of another grid, or, of a micro-grid, outside the grid that it is part of.
    """
    begin = cmd.begin or day_of(ctx.at)
    last = GridPart.objects.filter(grid=grid).aggregate(begun=Max("begin"), ended=Max("end"))
    if begin < max(day for day in (grid.begin, last["begun"], last["ended"]) if day is not None):
        raise Refused("places.before_last_change", _("生效日期不能早于上一次调整。"), status=422, field="begin")
    must_have_come(begin, day_of(ctx.at))
    draw(grid, cmd.parts, begin)
    ctx.emit(GridRedrawn(grid.pk, grid.path))
    return grid


def must_have_come(begin: date, today: date) -> None:
    """Refused for a day ahead: power follows the ground on the day itself."""
    if begin > today:
        raise Refused("places.not_yet", _("网格调整要等到生效当天再登记，权限当天跟着走。"), status=422, field="begin")


def draw(grid: Grid, codes: Sequence[str], begin: date) -> None:
    """Make the ground of `grid` from `begin` on exactly the places `codes`. Refused outside its community or over another grid."""
    wanted = []
    for code in codes:
        part = place(code)
        must_be(part, "estate", "building")
        must_exist_on(part, begin)
        if not covers(grid.path, part.path):
            raise Refused("places.outside_community", _("“%(name)s”不在这个社区。") % {"name": part.name}, status=422, field="parts")
        wanted.append(part.path)
    # One ground has one grid, of whatever kind (CM-03); only micro-grids lie inside another.
    kinds = ("micro",) if grid.kind == "micro" else PARTITION
    rivals = GridPart.objects.filter(grid__kind__in=kinds, grid__path=grid.path).exclude(grid=grid).exclude(end__lte=begin)
    clash = overlapping(wanted, dict(rivals.values_list("path", "grid__name")))
    if clash is not None:
        raise Refused(
            "places.grid_overlap", _("这块地方已经归“%(grid)s”。请先调整那个网格。") % {"grid": clash[1]}, field="parts", path=clash[0]
        )
    if grid.parent_id is not None:
        ground = set(GridPart.objects.filter(grid_id=grid.parent_id, end=None).values_list("path", flat=True))
        if any(not ground & set(ancestors(path)) for path in wanted):
            message = _("微网格要在它所属的“%(grid)s”里面。") % {"grid": grid.parent}
            raise Refused("places.outside_grid", message, status=422, field="parts")
    current = GridPart.objects.filter(grid=grid, end__isnull=True)
    kept = set(current.values_list("path", flat=True))
    current.exclude(path__in=wanted).update(end=begin)
    GridPart.objects.bulk_create(GridPart(grid=grid, path=path, begin=begin) for path in dict.fromkeys(wanted) if path not in kept)
