"""A body is no more; everything that hung on it ends."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.end_holding import close
from linzhi.domains.bodies.commands.reach import load_body, regrant, set_areas
from linzhi.domains.bodies.events import BodyDissolved
from linzhi.domains.bodies.models import Body, Holding, Post
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class DissolveBody(Input):
    """`basis` names the document."""

    body_id: int
    basis: Annotated[SafeText, Field(min_length=1, max_length=200)]


@command("bodies.dissolve_body", on=load_body)
def dissolve_body(ctx: Context, cmd: DissolveBody, body: Body) -> Body:
    """End the body today with its posts, holdings, competences and service areas. Refused twice, or while bodies below it stand."""
    today = day_of(ctx.at)
    if body.end is not None:
        raise Refused("bodies.dissolved", _("这个组织已经撤销了。"))
    if Body.objects.filter(parent=body, end__isnull=True).exists():
        raise Refused("bodies.has_children", _("它下面还有组织。请先撤销或改挂下级组织。"))
    for post in Post.objects.select_for_update().filter(body=body, end__isnull=True):
        for holding in Holding.objects.select_related("post").filter(Q(end__isnull=True) | Q(end__gt=ctx.at), post=post):
            close(ctx, holding, "dissolved")
        set_areas(post, (), ctx.at)
        post.end = max(ctx.at, post.begin)
        post.save(update_fields=["end"])
        regrant(post, ctx.at)
    body.competences.filter(end__isnull=True).update(end=today)
    body.service_areas.filter(end__isnull=True).update(end=today)
    body.end = today
    body.save(update_fields=["end"])
    ctx.emit(BodyDissolved(body.pk))
    return body
