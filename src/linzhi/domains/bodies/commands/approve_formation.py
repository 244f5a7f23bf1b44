"""The organisation is approved, and exists from then on."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.commands.reach import reaches, set_areas
from linzhi.domains.bodies.events import Appointed
from linzhi.domains.bodies.models import Body, Formation, Holding, Post
from linzhi.domains.bodies.rules import POST_KINDS
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

HEADS = {"party_branch": "branch_secretary", "party_group": "group_leader"}


class ApproveFormation(OnCourse):
    """`approval` is the number of the written approval."""

    approval: Annotated[SafeText, Field(min_length=2, max_length=60)]


def _load(cmd: ApproveFormation) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.approve_formation", on=_load)
def approve_formation(ctx: Context, cmd: ApproveFormation, formation: Formation) -> Formation:
    """Found the body under the community's organisation, with its head's post, held by the candidate where one was named.

    Refused at another step, or when the estate has a body of this name meanwhile. The holder's account gets its power once it is known.
    """
    if Body.objects.filter(path=formation.path, name=formation.name, end__isnull=True).exists():
        raise Refused("bodies.name_taken", _("这里已经有“%(name)s”了。") % {"name": formation.name})
    body = Body.objects.create(
        kind=formation.kind, name=formation.name, parent=formation.parent, path=formation.path, number=cmd.approval, begin=day_of(ctx.at)
    )
    kind = HEADS[formation.kind]
    post = Post.objects.create(body=body, kind=kind, title=str(POST_KINDS[kind].title), path=body.path, begin=ctx.at)
    set_areas(post, reaches(post, ctx.at), ctx.at)
    if formation.secretary:
        held = Holding.objects.create(
            post=post, name=formation.secretary, basis=cmd.approval, source=formation.secretary_source, begin=ctx.at
        )
        ctx.emit(Appointed(held.pk, post.pk, body.pk, None, kind))
    formation.body, formation.approval = body, cmd.approval
    formation.save(update_fields=["body", "approval"])
    perform(ctx, formation.matter, "bodies.approve_formation", cmd.words, given=cmd.given)
    return formation
