"""Many buildings at once, and how the rows of a sheet compare with what is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, check_begin, given_changes, mark_doubles, refuse_faults
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.places import in_force_on, place, places_in
from linzhi.domains.places.events import BuildingsRecorded
from linzhi.domains.places.models import Building, Estate
from linzhi.domains.places.rules import BUILDING_KINDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of

FACTS = ("kind", "units", "floors")


class BuildingRow(Input):
    """One building, found again by its estate's code and its number as written on the wall; None leaves a fact as it is.

    `begin` is the day since when a new one is there; None for the day from which the call holds.
    """

    estate: Annotated[str, Field(max_length=32)] = ""
    number: Annotated[SafeText, Field(max_length=20)]
    kind: str | None = None
    units: Annotated[int, Field(ge=0, le=40)] | None = None
    floors: Annotated[int, Field(ge=1, le=150)] | None = None
    begin: date | None = None


class RecordBuildings(Bulk):
    """Buildings inside `place`."""

    rows: Annotated[tuple[BuildingRow, ...], Field(min_length=1, max_length=MOST)]


def compare_buildings(top: Territory, rows: Sequence[BuildingRow], day: date) -> list[Compared]:
    """Each row with the building it means, what it would change and what is wrong."""
    estates = places_in(top, [row.estate for row in rows], "estate")
    if top.level == "estate":
        estates[""] = top
    kept = Building.objects.filter(estate__territory__in=estates.values(), number__in={row.number for row in rows})
    by_number = {(row.path[:-5], row.number): row for row in kept}
    compared = []
    for number, row in enumerate(rows, 1):
        line = Compared(number, row, parent=estates.get(row.estate))
        if line.parent is None:
            line.wrong(
                "estate", _("没有编码为 %(code)s 的小区，或者它不在这次导入的范围里。") % {"code": row.estate or "—"}, _("请核对小区编码。")
            )
        else:
            line.kept = by_number.get((line.parent.path, row.number))
            if not in_force_on(line.parent, day):
                line.wrong("estate", _("“%(name)s”在这一天不在册。") % {"name": line.parent.name})
        if line.kept is not None:
            line.changes = given_changes(row, line.kept, FACTS)
        if not row.number:
            line.wrong("number", _("缺少楼栋号。"))
        if row.kind is not None and row.kind not in BUILDING_KINDS:
            line.wrong("kind", _("“%(word)s”不在可选的范围里。") % {"word": row.kind})
        check_begin(line, line.kept and line.kept.begin, line.parent and line.parent.begin)
        compared.append(line)
    mark_doubles(
        compared, [(line.parent and line.parent.pk, line.given.number) for line in compared], "number", _("和第 %(n)d 行是同一栋楼。")
    )
    return compared


@command("places.record_buildings", on=lambda cmd: place(cmd.place))
def record_buildings(ctx: Context, cmd: RecordBuildings, top: Territory) -> Recorded:
    """Add and revise buildings, all or none. Refused with the first wrong row: an unknown estate, an unknown kind, a number twice."""
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_buildings(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed"]
    for line, trace in zip(changed, change("building", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    for line, building in _add([line for line in lines if line.state == "new"], day):
        traces[line.number] = {"new": building.pk, "after": {name: getattr(building, name) for name in ("number", *FACTS)}}
    done = Recorded([traces.get(line.number, {}) for line in lines])
    if changed:
        ctx.note(before=[trace["before"] | {"id": trace["id"]} for trace in done.trace if "before" in trace])
    if done.new or done.changed:
        ctx.emit(BuildingsRecorded(top.path, done.new, done.changed))
    return done


def _add(lines: list[Compared], day: date) -> list[tuple[Compared, Building]]:
    by_estate: dict[int, list[Compared]] = defaultdict(list)
    for line in lines:
        by_estate[line.parent.pk].append(line)
    estates = {row.territory_id: row for row in Estate.objects.filter(territory__in=by_estate)}
    made: list[tuple[Compared, Building]] = []
    for pk, group in by_estate.items():
        node: Territory = group[0].parent
        codes = _free_codes(node, len(group))
        nodes = growth.add_many(
            node, "building", [(code, line.given.number, line.given.begin or day) for code, line in zip(codes, group, strict=True)]
        )
        for line, territory in zip(group, nodes, strict=True):
            row = line.given
            building = Building(
                territory=territory, path=territory.path, code=territory.code, estate=estates[pk], number=row.number, begin=territory.begin,
                kind=row.kind or "residential", units=1 if row.units is None else row.units, floors=row.floors or 1,
            )  # fmt: skip
            made.append((line, building))
    Building.objects.bulk_create([building for _line, building in made], batch_size=500)
    return made


def _free_codes(estate: Territory, count: int) -> list[str]:
    taken = set(Territory.objects.filter(code__startswith=f"{estate.code}-").values_list("code", flat=True))
    number = Territory.objects.filter(parent=estate).count()
    codes: list[str] = []
    while len(codes) < count:
        number += 1
        if (code := f"{estate.code}-{number:02d}") not in taken:
            codes.append(code)
    return codes
