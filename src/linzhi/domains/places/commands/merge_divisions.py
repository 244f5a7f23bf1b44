"""Merge streets into a street, or communities into a community."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.commands.redraw_grid import must_have_come
from linzhi.domains.places.commands.rehang import end, grids_follow, hang
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, Refused


class MergeDivisions(Input):
    """`merged` are the codes of those that end, `into` the one that takes over from `begin` on; `basis` the document."""

    into: str
    merged: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
    basis: Annotated[SafeText, Field(min_length=1, max_length=200)]
    begin: date | None = None


@command("places.merge_divisions", on=lambda cmd: place(cmd.into))
def merge_divisions(ctx: Context, cmd: MergeDivisions, into: Territory) -> Territory:
    """End streets or communities and hang all that lay in them under another of the same level; requests at the ended level go with it.

    Bodies, posts and powers of the ended one stay where they were until they are decided anew. Refused for places of unlike levels, of
    another county, before the county's last change and ahead of the day.
    """
    must_be(into, "street", "community")
    day = cmd.begin or day_of(ctx.at)
    must_have_come(day, day_of(ctx.at))
    must_exist_on(into, day)
    for code in dict.fromkeys(cmd.merged):
        merged = place(code)
        decision = ctx.powers.decide("places.merge_divisions", merged)
        if not decision:
            raise NotAllowed("places.merge_divisions", decision.reason)
        if merged.level != into.level or merged.pk == into.pk:
            raise Refused("places.unlike", _("“%(name)s”和要并入的不是同一级。") % {"name": merged.name}, status=422, field="merged")
        must_exist_on(merged, day)
        growth.not_before_last_change(into.path[:20], day)
        for child in merged.children.filter(end=None).order_by("path"):
            hang(ctx, child, into, day, basis=cmd.basis)
        grids_follow(merged.path, [into])
        growth.absorb(merged.path, into.path)
        growth.succeed(merged, into, day)
        end(ctx, merged, day)
    return into
