"""What the register says of a body is corrected or completed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.found_body import must_be_above
from linzhi.domains.bodies.commands.reach import load_body
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.rules import PARTY_FORMS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class ReviseBody(Input):
    """Only what is given changes. `members` is a firm's declared count of party members today, never their names."""

    body_id: int
    name: Annotated[SafeText, Field(min_length=1, max_length=80)] | None = None
    parent_id: int | None = None
    form: str | None = None
    phone: Annotated[SafeText, Field(max_length=30)] | None = None
    hours: Annotated[SafeText, Field(max_length=80)] | None = None
    basis: Annotated[SafeText, Field(max_length=200)] | None = None
    number: Annotated[SafeText, Field(max_length=60)] | None = None
    credit_code: Annotated[SafeText, Field(max_length=18)] | None = None
    members: Annotated[int, Field(ge=0, le=9999)] | None = None
    entered_nationally: date | None = None


@command("bodies.revise_body", on=load_body)
def revise_body(ctx: Context, cmd: ReviseBody, body: Body) -> Body:
    """Change what is given; the past is in the audit log. Refused once dissolved, with a taken name, a wrong form or a wrong parent."""
    if body.end is not None and body.end <= day_of(ctx.at):
        raise Refused("bodies.dissolved", _("这个组织已经撤销了。"))
    if cmd.name is not None and Body.objects.filter(path=body.path, name=cmd.name, end__isnull=True).exclude(pk=body.pk).exists():
        raise Refused("bodies.name_taken", _("这里已经有“%(name)s”了。") % {"name": cmd.name}, field="name")
    if cmd.form is not None and (body.kind != "community_party" or cmd.form not in PARTY_FORMS):
        raise Refused("bodies.form", _("社区党组织要写明是党委、党总支还是党支部，其他组织不用写。"), status=422, field="form")
    if cmd.parent_id is not None:
        parent = Body.objects.filter(in_force(day_of(ctx.at)), pk=cmd.parent_id).exclude(pk=body.pk).first()
        if parent is None or county_of(parent.path) != county_of(body.path):
            raise NotFound(_("没有这个上级组织。"))
        must_be_above(parent, body.kind)
    changed = cmd.model_dump(exclude={"body_id"}, exclude_none=True)
    if "members" in changed:
        changed["members_on"] = day_of(ctx.at)
    for name, value in changed.items():
        setattr(body, name, value)
    if changed:
        body.save(update_fields=list(changed))
    return body
