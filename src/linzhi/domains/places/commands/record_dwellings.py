"""Many dwellings, shops and parking spaces at once: new ones are added, known ones revised."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Annotated

from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, refuse_faults
from linzhi.domains.places.commands.dwelling_rows import FACTS, DwellingRow, compare_dwellings, new_dwelling
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.places import must_exist_on, place
from linzhi.domains.places.events import DwellingsRecorded
from linzhi.domains.places.models import Occupancy
from linzhi.foundation.commands import Context, command
from linzhi.foundation.statements.many import insert
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of

_TOLD = ("room", *FACTS)
_told = attrgetter(*_TOLD)


class RecordDwellings(Bulk):
    """Dwellings, shops and parking spaces of buildings inside `place`; in a sheet of one building the rows need not name it."""

    rows: Annotated[tuple[DwellingRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_dwellings", on=lambda cmd: place(cmd.place))
def record_dwellings(ctx: Context, cmd: RecordDwellings, top: Territory) -> Recorded:
    """Add and revise dwellings, all or none; a row that says nothing new changes nothing. What an area was before goes to the audit entry.

    Refused with the first wrong row: an unknown building, an unknown word, an area without its source.
    """
    day = cmd.begin or day_of(ctx.at)
    must_exist_on(top, day)
    # Two imports of one place wait for each other, so that no room is added twice.
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_dwellings(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed" and line.changes]
    for line, trace in zip(changed, change("dwelling", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    new = [line for line in lines if line.state == "new"]
    made = insert([new_dwelling(line, day) for line in new])
    for line, dwelling in zip(new, made, strict=True):
        line.kept = dwelling
        traces[line.number] = {"new": dwelling.pk, "after": dict(zip(_TOLD, _told(dwelling), strict=True))}
    _occupy(lines, traces, day)
    done = Recorded([traces.get(line.number, {}) for line in lines])
    ctx.note(new=done.new, changed=done.changed)
    if changed:
        ctx.note(before=[traces[line.number]["before"] | {"id": line.kept.pk} for line in changed])
    if done.new or done.changed:
        ctx.emit(DwellingsRecorded(top.path, done.new, done.changed))
    return done


def _occupy(lines: list[Compared], traces: dict[int, Trace], day: date) -> None:
    """End what was known of how a dwelling is lived in, and begin what is said now; said of the same day, it is corrected."""
    told = [line for line in lines if "occupancy" in line.more]
    before = {line.number: line.more["occupancy"] for line in told}
    same_day = [row.pk for row in before.values() if row is not None and row.begin == day]
    Occupancy.objects.filter(pk__in=same_day).delete()
    Occupancy.objects.filter(pk__in=[row.pk for row in before.values() if row is not None and row.begin < day]).update(end=day)
    insert([Occupancy(dwelling=line.kept, path=line.kept.path, state=line.given.occupancy, begin=day) for line in told])
    for line in told:
        row = before[line.number]
        was = {"state": row.state, "begin": str(row.begin)} if row is not None else None
        traces.setdefault(line.number, {"id": line.kept.pk})["occupancy"] = [was, line.given.occupancy, str(day)]
