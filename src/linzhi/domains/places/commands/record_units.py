"""Many unit entrances at once, and how the rows of a sheet compare with what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, given_changes, mark_doubles, refuse_faults
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Building, Unit
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of

FACTS = ("floors", "lifts")


class UnitRow(Input):
    """One entrance, found again by its building's code and its number (2 for 2单元); None leaves a fact as it is."""

    building: Annotated[str, Field(max_length=32)] = ""
    number: Annotated[SafeText, Field(max_length=10)]
    floors: Annotated[int, Field(ge=1, le=150)] | None = None
    lifts: Annotated[int, Field(ge=0, le=20)] | None = None


class RecordUnits(Bulk):
    """Entrances of buildings inside `place`."""

    rows: Annotated[tuple[UnitRow, ...], Field(min_length=1, max_length=MOST)]


def compare_units(top: Territory, rows: Sequence[UnitRow], day: date) -> list[Compared]:
    """Each row with the entrance it means, what it would change and what is wrong."""
    found = Building.objects.filter(in_force(day), within("path", top.path))
    buildings = {row.code: row for row in found.filter(code__in={row.building for row in rows})}
    if top.level == "building":
        buildings |= dict.fromkeys([""], Building.objects.get(territory=top))
    kept = {(row.building_id, row.number): row for row in Unit.objects.filter(building__in=buildings.values(), end=None)}
    compared = []
    for number, row in enumerate(rows, 1):
        line = Compared(number, row, parent=buildings.get(row.building))
        if line.parent is None:
            line.wrong(
                "building",
                _("没有编码为 %(code)s 的楼栋，或者它不在这次导入的范围里。") % {"code": row.building or "—"},
                _("请核对楼栋编码。"),
            )
        else:
            line.kept = kept.get((line.parent.pk, row.number))
        if line.kept is not None:
            line.changes = given_changes(row, line.kept, FACTS)
        if not row.number:
            line.wrong("number", _("缺少单元号。"))
        compared.append(line)
    keys = [(line.parent and line.parent.pk, line.given.number) for line in compared]
    mark_doubles(compared, keys, "number", _("和第 %(n)d 行是同一个单元。"))
    return compared


@command("places.record_units", on=lambda cmd: place(cmd.place))
def record_units(ctx: Context, cmd: RecordUnits, top: Territory) -> Recorded:
    """Add and revise unit entrances, all or none. Refused with the first wrong row."""
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_units(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed"]
    for line, trace in zip(changed, change("unit", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    new = [line for line in lines if line.state == "new"]
    made = Unit.objects.bulk_create(
        [
            Unit(
                building=line.parent,
                path=line.parent.path,
                number=line.given.number,
                floors=line.given.floors,
                lifts=line.given.lifts,
                begin=day,
            )
            for line in new
        ],
        batch_size=1000,
    )
    for line, unit in zip(new, made, strict=True):
        traces[line.number] = {"new": unit.pk, "after": {name: getattr(unit, name) for name in ("number", *FACTS)}}
    if changed:
        ctx.note(before=[traces[line.number]["before"] | {"id": line.kept.pk} for line in changed])
    return Recorded([traces.get(line.number, {}) for line in lines])
