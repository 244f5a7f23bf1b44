"""A body enters the register."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.rules import BODY_KINDS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class FoundBody(Input):
    """`place` is the code of the territory at which the body sits."""

    place: str
    kind: str
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    parent_id: int | None = None
    phone: Annotated[SafeText, Field(max_length=30)] = ""
    hours: Annotated[SafeText, Field(max_length=80)] = ""
    begin: date | None = None


def _load(cmd: FoundBody) -> Territory:
    return place(cmd.place)


@command("bodies.found_body", on=_load)
def found_body(ctx: Context, cmd: FoundBody, where: Territory) -> Body:
    """Register a body. Refused with an unknown kind, at the wrong level, where a second may not be, or under another county's parent."""
    kind = BODY_KINDS.get(cmd.kind)
    if kind is None:
        raise Refused("bodies.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    if where.level not in kind.levels:
        raise Refused(
            "bodies.level", _("%(kind)s不能设在“%(place)s”。") % {"kind": kind.title, "place": where.name}, status=422, field="place"
        )
    begin = cmd.begin or day_of(ctx.at)
    there = Body.objects.filter(in_force(begin), path=where.path)
    if kind.single and there.filter(kind=cmd.kind).exists():
        raise Refused("bodies.already_one", _("“%(place)s”已经有一个%(kind)s了。") % {"place": where.name, "kind": kind.title})
    if there.filter(name=cmd.name).exists():
        raise Refused("bodies.name_taken", _("“%(place)s”已经有“%(name)s”了。") % {"place": where.name, "name": cmd.name}, field="name")
    if cmd.parent_id is not None:
        parent = Body.objects.filter(in_force(begin), pk=cmd.parent_id).first()
        if parent is None or county_of(parent.path) != county_of(where.path):
            raise NotFound(_("没有这个上级组织。"))
    return Body.objects.create(path=where.path, begin=begin, **cmd.model_dump(exclude={"place", "begin"}))
