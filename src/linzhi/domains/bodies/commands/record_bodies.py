"""Many bodies at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from linzhi.domains.bodies.commands.body_rows import FACTS, BodyRow, compare_bodies
from linzhi.domains.bodies.commands.bulk import Trace, change
from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import Body
from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, refuse_faults
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordBodies(Bulk):
    """Those inside `place`."""

    rows: Annotated[tuple[BodyRow, ...], Field(min_length=1, max_length=MOST)]


@command("bodies.record_bodies", on=lambda cmd: place(cmd.place))
def record_bodies(ctx: Context, cmd: RecordBodies, top: Territory) -> Recorded:
    """Register and correct bodies, all or none; the same rows again change nothing.

    Refused with the first wrong row: as `found_body` and `revise_body` refuse, also where the actor may not write that row.
    """
    day = day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_bodies(ctx.powers, top, cmd.rows, day)
    refuse_faults(lines, "bodies.row")
    new = [line for line in lines if line.state == "new"]
    made = dict(zip([line.number for line in new], Body.objects.bulk_create([_body(line, day) for line in new]), strict=True))
    traces: dict[int, Trace] = {}
    moved: list[Body] = []
    for line in lines:
        above = line.more.get("parent")
        parent = made[above.number] if isinstance(above, Compared) else above
        if line.state == "changed":
            changes = dict(line.changes) | ({"members_on": day} if "members" in line.changes else {})
            traces[line.number] = change(line.kept, changes | ({"parent_id": parent.pk} if parent is not None else {}))
            moved.append(line.kept)
        elif line.state == "new":
            body = made[line.number]
            if parent is not None and body.parent_id is None:
                body.parent = parent
                moved.append(body)
            traces[line.number] = {"new": body.pk, "after": {name: str(getattr(body, name)) for name in ("name", "kind", *FACTS)}}
    if moved:
        Body.objects.bulk_update(moved, [*FACTS, "members_on", "parent"], batch_size=200)
    done = Recorded([traces.get(line.number, {}) for line in lines])
    ctx.note(created=done.new, changed=done.changed, before=[one["before"] | {"id": one["id"]} for one in done.trace if "before" in one])
    return done


def _body(line: Compared, day: date) -> Body:
    said = {name: getattr(line.given, name) for name in FACTS if getattr(line.given, name) is not None}
    above = line.more.get("parent")
    return Body(
        kind=line.given.kind, name=line.given.name, path=line.parent.path, parent=None if isinstance(above, Compared) else above,
        members_on=day if "members" in said else None, begin=line.given.begin or day, **said,
    )  # fmt: skip
