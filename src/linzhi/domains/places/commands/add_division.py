"""A new division: nation, province, city, county, street or community."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from linzhi.domains.places.commands.places import must_exist_on, place
from linzhi.domains.places.queries.official import doubts_about
from linzhi.domains.places.rules import code_fault
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


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
    """Put a division into the tree. Refused when the level doesn't follow the parent's, the parent has ended, the code is taken,
    or a real province's code isn't built as its level asks. A code or name that the official list doesn't know is only noted.
    """
    begin = cmd.begin or day_of(ctx.at)
    fault = code_fault(cmd.level, cmd.code, parent.code if parent is not None else None)
    if fault:
        raise Refused("places.division_code", fault, status=422, field="code")
    if doubts := doubts_about(cmd.level, cmd.code, cmd.name):
        ctx.note(doubts=doubts)
    if parent is not None:
        must_exist_on(parent, begin)
    return growth.add(parent, level=cmd.level, code=cmd.code, name=cmd.name, begin=begin, pack=cmd.pack)
