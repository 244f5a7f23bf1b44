"""Many venues at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Recorded, refuse_faults
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.site_rows import VENUE_FACTS, VenueRow, compare_venues, store
from linzhi.domains.places.models import Venue
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordVenues(Bulk):
    """Those inside `place`."""

    rows: Annotated[tuple[VenueRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_venues", on=lambda cmd: place(cmd.place))
def record_venues(ctx: Context, cmd: RecordVenues, top: Territory) -> Recorded:
    """Add and revise venues, all or none. Refused with the first wrong row: an unknown place, a word that isn't in its list."""
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_venues(top, cmd.rows, day)
    refuse_faults(lines)
    done = store("venue", Venue, VENUE_FACTS, lines, day)
    if done.changed:
        ctx.note(before=[trace["before"] | {"id": trace["id"]} for trace in done.trace if "before" in trace])
    return done
