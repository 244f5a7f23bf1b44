"""Many pieces of idle space at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Recorded, refuse_faults
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.site_rows import SPACE_FACTS, SpaceRow, compare_spaces, store
from linzhi.domains.places.models import Space
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordSpaces(Bulk):
    """Those inside `place`."""

    rows: Annotated[tuple[SpaceRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_spaces", on=lambda cmd: place(cmd.place))
def record_spaces(ctx: Context, cmd: RecordSpaces, top: Territory) -> Recorded:
    """Add and revise idle spaces, all or none. Refused with the first wrong row: an unknown place, a word that isn't in its list."""
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_spaces(top, cmd.rows, day)
    refuse_faults(lines)
    done = store("space", Space, SPACE_FACTS, lines, day)
    if done.changed:
        ctx.note(before=[trace["before"] | {"id": trace["id"]} for trace in done.trace if "before" in trace])
    return done
