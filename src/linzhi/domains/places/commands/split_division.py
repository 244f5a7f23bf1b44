"""Split a street or community: new ones of its level take over parts of it."""

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
from linzhi.kernel.refused import Refused


class Part(Input):
    """A new division: its code and name, and the codes of the places that go to it."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,32}$")]
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    members: Annotated[tuple[str, ...], Field(min_length=1, max_length=500)]


class SplitDivision(Input):
    """`code` is what is split. What isn't named in `parts` stays in it; when nothing stays, it ends."""

    code: str
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=20)]
    basis: Annotated[SafeText, Field(min_length=1, max_length=200)]
    begin: date | None = None


@command("places.split_division", on=lambda cmd: place(cmd.code))
def split_division(ctx: Context, cmd: SplitDivision, old: Territory) -> Territory:
    """Begin new streets or communities beside the old one and hang the named places under them.

    Refused for members that don't lie directly in it or stand twice, before the county's last change and ahead of the day.
    """
    must_be(old, "street", "community")
    day = cmd.begin or day_of(ctx.at)
    must_have_come(day, day_of(ctx.at))
    must_exist_on(old, day)
    children = {row.code: row for row in old.children.filter(end=None)}
    named = [code for part in cmd.parts for code in part.members]
    if wrong := [code for code in named if code not in children or named.count(code) > 1]:
        raise Refused("places.member", _("编码 %(code)s 不在“%(name)s”下面，或者写了两次。") % {"code": wrong[0], "name": old.name},
                      status=422, field="parts")  # fmt: skip
    made = []
    for part in cmd.parts:
        new = growth.add(old.parent, level=old.level, code=part.code, name=part.name, begin=day, pack=old.pack)
        growth.succeed(old, new, day)
        for code in part.members:
            hang(ctx, children[code], new, day, basis=cmd.basis)
        made.append(new)
    grids_follow(old.path, made)
    if not old.children.filter(end=None).exists():
        end(ctx, old, day)
    return old
