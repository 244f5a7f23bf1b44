"""A new grid in a community."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.commands.redraw_grid import draw
from linzhi.domains.places.models import Grid
from linzhi.domains.places.rules import GRID_KINDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class CreateGrid(Input):
    """`parts` are codes of estates or buildings of the community; they may come later with places.redraw_grid.

    `parent` is the code of the grid that a micro-grid is part of.
    """

    community: str
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,32}$")]
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    kind: str = "residential"
    parent: Annotated[str, Field(max_length=32)] = ""
    parts: Annotated[tuple[str, ...], Field(max_length=500)] = ()
    begin: date | None = None


def _load(cmd: CreateGrid) -> Territory:
    return place(cmd.community)


@command("places.create_grid", on=_load)
def create_grid(ctx: Context, cmd: CreateGrid, community: Territory) -> Grid:
    """Make a grid. Refused outside a community, with a taken code, an unknown kind, or ground that another grid of the kind has."""
    must_be(community, "community")
    if cmd.kind not in GRID_KINDS:
        raise Refused("places.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    begin = cmd.begin or day_of(ctx.at)
    must_exist_on(community, begin)
    if Grid.objects.filter(code=cmd.code).exists():
        raise Refused("places.code_taken", _("网格编码 %(code)s 已经有了。请换一个编码。") % {"code": cmd.code}, field="code")
    parent = Grid.objects.filter(code=cmd.parent, path=community.path, end=None).exclude(kind="micro").first() if cmd.parent else None
    if cmd.parent and (parent is None or cmd.kind != "micro"):
        raise Refused("places.grid_parent", _("只有微网格属于另一个网格，而且要在同一个社区。"), status=422, field="parent")
    grid = Grid.objects.create(code=cmd.code, name=cmd.name, kind=cmd.kind, parent=parent, path=community.path, begin=begin)
    draw(grid, cmd.parts, begin)
    return grid
