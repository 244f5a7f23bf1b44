"""A new division: nation, province, city, county, street or community."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from linzhi.domains.places.commands.places import must_exist_on, place
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class AddDivision(Input):
    """`parent` is the code of the division above, None only for the nation; `pack` the policy pack that begins to apply here."""

    parent: str | None
    level: Literal["nation", "province", "city", "county", "street", "community"]
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,32}$")]
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    pack: Annotated[str, Field(max_length=80)] = ""
    begin: date | None = None


def _load(cmd: AddDivision) -> Territory | None:
    return place(cmd.parent) if cmd.parent else None


@command("places.add_division", on=_load)
def add_division(ctx: Context, cmd: AddDivision, parent: Territory | None) -> Territory:
    """Put a division into the tree. Refused when the level doesn't follow the parent's, the parent has ended or the code is taken."""
    begin = cmd.begin or day_of(ctx.at)
    if parent is not None:
        must_exist_on(parent, begin)
    return growth.add(parent, level=cmd.level, code=cmd.code, name=cmd.name, begin=begin, pack=cmd.pack)
