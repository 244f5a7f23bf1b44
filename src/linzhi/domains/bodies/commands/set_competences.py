"""What a department answers for, from now on."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import load_body
from linzhi.domains.bodies.models import Body, Competence
from linzhi.domains.bodies.rules import COMPETENCES
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class SetCompetences(Input):
    """`codes` is the whole new list."""

    body_id: int
    codes: Annotated[tuple[str, ...], Field(max_length=30)]


@command("bodies.set_competences", on=load_body)
def set_competences(ctx: Context, cmd: SetCompetences, body: Body) -> Body:
    """End the competences that go, begin those that come. Refused for a body that isn't a department, or with an unknown code."""
    if body.kind != "department":
        raise Refused("bodies.not_department", _("只有部门才有职责清单。"))
    unknown = sorted(set(cmd.codes) - set(COMPETENCES))
    if unknown:
        raise Refused("bodies.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": "、".join(unknown)}, status=422, field="codes")
    today = day_of(ctx.at)
    current = Competence.objects.filter(body=body, end__isnull=True)
    kept = set(current.values_list("code", flat=True))
    current.exclude(code__in=cmd.codes).update(end=today)
    Competence.objects.bulk_create(Competence(body=body, code=code, begin=today) for code in dict.fromkeys(cmd.codes) if code not in kept)
    return body
