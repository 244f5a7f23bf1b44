"""A body enters the register."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.rules import BODY_KINDS, PARTY_FORMS, PARTY_PARENTS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class FoundBody(Input):
    """`place` is the code of the territory at which the body sits. `form` is that of a community's party organisation."""

    place: str
    kind: str
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    parent_id: int | None = None
    form: str = ""
    phone: Annotated[SafeText, Field(max_length=30)] = ""
    hours: Annotated[SafeText, Field(max_length=80)] = ""
    basis: Annotated[SafeText, Field(max_length=200)] = ""
    number: Annotated[SafeText, Field(max_length=60)] = ""
    credit_code: Annotated[SafeText, Field(max_length=18)] = ""
    grid_id: int | None = None
    begin: date | None = None


def _load(cmd: FoundBody) -> Body:
    # An unsaved body, so that access can be decided on its kind and place.
    return Body(kind=cmd.kind, path=place(cmd.place).path)


@command("bodies.found_body", on=_load)
def found_body(ctx: Context, cmd: FoundBody, body: Body) -> Body:
    """Register a body.

    Refused with an unknown kind, at the wrong level, where a second may not be, or under a parent of another county or of a kind that
    has no such child; where the community's party organisation is itself a branch, estates have party groups (LD-08).
    """
    begin = cmd.begin or day_of(ctx.at)
    where = territory.by_path(body.path)
    kind = BODY_KINDS.get(cmd.kind)
    if kind is None:
        raise Refused("bodies.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    if where.level not in kind.levels:
        raise Refused(
            "bodies.level", _("%(kind)s不能设在“%(place)s”。") % {"kind": kind.title, "place": where.name}, status=422, field="place"
        )
    there = Body.objects.filter(in_force(begin), path=where.path)
    if kind.single and there.filter(kind=cmd.kind).exists():
        raise Refused("bodies.already_one", _("“%(place)s”已经有一个%(kind)s了。") % {"place": where.name, "kind": kind.title})
    if there.filter(name=cmd.name).exists():
        raise Refused("bodies.name_taken", _("“%(place)s”已经有“%(name)s”了。") % {"place": where.name, "name": cmd.name}, field="name")
    if (cmd.kind == "community_party") != bool(cmd.form) or (cmd.form and cmd.form not in PARTY_FORMS):
        raise Refused("bodies.form", _("社区党组织要写明是党委、党总支还是党支部，其他组织不用写。"), status=422, field="form")
    parent = _parent(cmd, where.path, begin)
    body = Body(path=where.path, begin=begin, parent=parent, **cmd.model_dump(exclude={"place", "begin", "parent_id"}))
    body.save()
    return body


def _parent(cmd: FoundBody, path: str, begin: date) -> Body | None:
    if cmd.parent_id is None:
        return None
    parent = Body.objects.filter(in_force(begin), pk=cmd.parent_id).first()
    if parent is None or county_of(parent.path) != county_of(path):
        raise NotFound(_("没有这个上级组织。"))
    must_be_above(parent, cmd.kind)
    return parent


def must_be_above(parent: Body, kind: str) -> None:
    """Refused when a party body of this kind can't stand under the parent. LD-01, LD-08."""
    allowed = PARTY_PARENTS.get(kind)
    if allowed is None:
        return
    if parent.kind not in allowed:
        raise Refused(
            "bodies.parent_kind",
            _("%(kind)s不能挂在“%(parent)s”下面。") % {"kind": BODY_KINDS[kind].title, "parent": parent.name},
            status=422,
            field="parent_id",
        )
    if kind == "party_branch" and parent.form == "branch":
        raise Refused(
            "bodies.branch_under_branch",
            _("“%(parent)s”本身是党支部，小区里设党小组。") % {"parent": parent.name},
            status=422,
            field="parent_id",
        )
