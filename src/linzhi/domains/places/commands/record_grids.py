"""Many grids with their ground at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, refuse_faults
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.grid_rows import GridRow, compare_grids
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.redraw_grid import must_have_come
from linzhi.domains.places.events import GridRedrawn
from linzhi.domains.places.models import Grid, GridPart
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordGrids(Bulk):
    """Grids of communities inside `place`."""

    rows: Annotated[tuple[GridRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_grids", on=lambda cmd: place(cmd.place))
def record_grids(ctx: Context, cmd: RecordGrids, top: Territory) -> Recorded:
    """Make grids and redraw known ones, all or none. Refused with the first wrong row: ground of another grid (CM-03), outside the
    community, a micro-grid outside its grid, and for a day ahead.
    """
    day = cmd.begin or day_of(ctx.at)
    must_have_come(day, day_of(ctx.at))
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_grids(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed" and line.changes]
    for line, trace in zip(changed, change("grid", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    new = [line for line in lines if line.state == "new"]
    made = Grid.objects.bulk_create(
        [Grid(code=x.given.code, name=x.given.name, kind=x.given.kind or "residential", path=x.parent.path, begin=day) for x in new],
        batch_size=1000,
    )
    redrawn = [line for line in lines if line.kept is not None and "ground" in line.more]
    for line, grid in zip(new, made, strict=True):
        line.kept = grid
        traces[line.number] = {"new": grid.pk, "after": {"name": grid.name, "kind": grid.kind}}
    _join(new, {grid.code: grid for grid in made})
    _draw(lines, traces, day)
    for line in redrawn:
        ctx.emit(GridRedrawn(line.kept.pk, line.kept.path))
    if changed:
        ctx.note(before=[traces[line.number]["before"] | {"id": line.kept.pk} for line in changed])
    return Recorded([traces.get(line.number, {}) for line in lines])


def _join(new: list[Compared], made: dict[str, Grid]) -> None:
    """Say which grid a new micro-grid is part of, also when that one is new itself."""
    wanted = {line.given.parent for line in new if line.given.parent}
    above = {row.code: row for row in Grid.objects.filter(code__in=wanted)} | made
    micro = [line.kept for line in new if line.given.parent]
    for line in new:
        if line.given.parent:
            line.kept.parent = above[line.given.parent]
    if micro:
        Grid.objects.bulk_update(micro, ["parent"], batch_size=500)


def _draw(lines: list[Compared], traces: dict[int, Trace], day: date) -> None:
    drawn = {line.kept.pk: line for line in lines if "ground" in line.more}
    kept: dict[int, dict[str, int]] = {pk: {} for pk in drawn}
    for grid_id, path, pk in GridPart.objects.filter(grid_id__in=drawn, end=None).values_list("grid_id", "path", "pk"):
        kept[grid_id][path] = pk
    gone = [pk for grid_id, line in drawn.items() for path, pk in kept[grid_id].items() if path not in line.more["ground"]]
    GridPart.objects.filter(pk__in=gone).update(end=day)
    fresh = [
        GridPart(grid_id=grid_id, path=path, begin=day)
        for grid_id, line in drawn.items()
        for path in sorted(line.more["ground"] - set(kept[grid_id]))
    ]
    begun: dict[int, list[int]] = {}
    for part in GridPart.objects.bulk_create(fresh, batch_size=1000):
        begun.setdefault(part.grid_id, []).append(part.pk)
    for grid_id, line in drawn.items():
        trace = traces.setdefault(line.number, {"id": grid_id})
        trace["begun"] = begun.get(grid_id, [])
        trace["ended"] = [pk for path, pk in kept[grid_id].items() if path not in line.more["ground"]]
