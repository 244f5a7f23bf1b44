"""Hang an estate under another community, or a community under another street."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, place
from linzhi.domains.places.commands.redraw_grid import must_have_come
from linzhi.domains.places.commands.rehang import grids_follow, hang
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, Refused


class MoveDivision(Input):
    """`code` is what moves, `to` the place above it from `begin` on. `new_code` and `new_name` if it gets them; `basis` the document."""

    code: str
    to: str
    new_code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")] = ""
    new_name: Annotated[SafeText, Field(max_length=80)] = ""
    basis: Annotated[SafeText, Field(min_length=1, max_length=200)]
    begin: date | None = None


@command("places.move_division", on=lambda cmd: place(cmd.code))
def move_division(ctx: Context, cmd: MoveDivision, moved: Territory) -> Territory:
    """Move an estate or a community with everything in it; the tree of the days before stays readable.

    Refused into another county, for a place of the wrong level, before the county's last change, ahead of the day, and for an estate's
    new code (it is printed on its labels).
    """
    must_be(moved, "community", "estate")
    day = cmd.begin or day_of(ctx.at)
    must_have_come(day, day_of(ctx.at))
    to = place(cmd.to)
    decision = ctx.powers.decide("places.move_division", to)
    if not decision:
        raise NotAllowed("places.move_division", decision.reason)
    if moved.level == "estate" and cmd.new_code:
        raise Refused("places.code_stays", _("小区的编码印在二维码上，不能改。"), status=422, field="new_code")
    before = moved.parent
    hang(ctx, moved, to, day, code=cmd.new_code, name=cmd.new_name, basis=cmd.basis)
    if moved.level == "estate" and before is not None:
        grids_follow(before.path, [to])
    return moved
