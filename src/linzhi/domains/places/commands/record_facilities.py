"""Many facilities at once; each new one gets a code for its QR label."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

from django.db.models import Count
from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, refuse_faults
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.site_rows import FacilityRow, compare_facilities
from linzhi.domains.places.models import Building, Estate, Facility
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.clock import day_of


class RecordFacilities(Bulk):
    """Facilities inside `place`."""

    rows: Annotated[tuple[FacilityRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_facilities", on=lambda cmd: place(cmd.place))
def record_facilities(ctx: Context, cmd: RecordFacilities, top: Territory) -> Recorded:
    """Add and revise facilities, all or none. Refused with the first wrong row: outside an estate, an unknown kind."""
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_facilities(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed"]
    for line, trace in zip(changed, change("facility", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    new = [line for line in lines if line.state == "new"]
    for line, row in zip(new, Facility.objects.bulk_create(_rows(new, day)), strict=True):
        traces[line.number] = {"new": row.pk, "after": {"name": row.name, "kind": row.kind}}
    if changed:
        ctx.note(before=[traces[line.number]["before"] | {"id": line.kept.pk} for line in changed])
    return Recorded([traces.get(line.number, {}) for line in lines])


def _rows(new: list[Compared], day: date) -> list[Facility]:
    paths = {line.parent.path for line in new}
    estates = {row.path: row for row in Estate.objects.select_for_update().filter(path__in={estate_of(path) for path in paths})}
    buildings = {row.path: row for row in Building.objects.filter(path__in=paths)}
    count = Counter(dict(Facility.objects.filter(estate__in=estates.values()).values_list("estate_id").annotate(n=Count("pk")).order_by()))
    taken = set(Facility.objects.filter(estate__in=estates.values()).values_list("code", flat=True))
    rows = []
    for line in new:
        estate = estates[estate_of(line.parent.path)]
        code = ""
        while not code or code in taken:
            count[estate.pk] += 1
            code = f"{estate.code}-F{count[estate.pk]:03d}"
        building = buildings.get(line.parent.path)
        rows.append(
            Facility(
                kind=line.given.kind, name=line.given.name, code=code, estate=estate, building=building, path=line.parent.path, begin=day
            )
        )
    return rows
