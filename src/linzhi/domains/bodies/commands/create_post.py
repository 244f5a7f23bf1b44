"""A post in a body."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.post_rows import Spot, spot_of
from linzhi.domains.bodies.commands.reach import load_body, place, reaches, set_areas, where_now
from linzhi.domains.bodies.models import Post, PostArea
from linzhi.domains.bodies.rules import POST_KINDS
from linzhi.domains.places import queries as places
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class CreatePost(Input):
    """`grid_id` for a post that reaches as far as a grid, `places` (codes) for one that reaches to named places; else neither.

    `phone` and `hours` are the public contact of the post. `title` may stay empty: then it is the kind's.
    """

    body_id: int
    kind: str
    title: Annotated[SafeText, Field(max_length=60)] = ""
    grid_id: int | None = None
    places: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    seats: Annotated[int, Field(ge=1, le=99)] = 1
    phone: Annotated[SafeText, Field(max_length=30)] = ""
    hours: Annotated[SafeText, Field(max_length=80)] = ""


def _load(cmd: CreatePost) -> Post:
    # An unsaved post, so that access can be decided on its kind and place.
    body = load_body(cmd)
    return Post(body=body, kind=cmd.kind, path=body.path)


@command("bodies.create_post", on=_load)
def create_post(ctx: Context, cmd: CreatePost, post: Post) -> Post:
    """Create a post.

    Refused with a kind that the body can't have, in a dissolved body, with a grid or places outside its ground, and where the body has
    one of this kind, title and reach already: that one has seats.
    """
    kind = POST_KINDS.get(cmd.kind)
    if kind is None or post.body.kind not in kind.bodies:
        raise Refused("bodies.post_kind", _("“%(body)s”不能设这种岗位。") % {"body": post.body.name}, status=422, field="kind")
    if post.body.end is not None and post.body.end <= day_of(ctx.at):
        raise Refused("bodies.dissolved", _("这个组织已经撤销了。"))
    named = _named(cmd, post, kind.reach)
    post.title = cmd.title or str(kind.title)
    _must_be_new(post, spot_of(cmd.kind, cmd.grid_id, named), ctx.at)
    post.grid_id, post.seats, post.phone, post.hours, post.begin = cmd.grid_id, cmd.seats, cmd.phone, cmd.hours, ctx.at
    post.save()
    set_areas(post, where_now(named or reaches(post, ctx.at), day_of(ctx.at)), ctx.at)
    return post


def _must_be_new(post: Post, spot: Spot, at: datetime) -> None:
    # A register is read back by what people call a post; of two called alike nobody could say who holds which.
    for other in Post.objects.filter(Q(end__isnull=True) | Q(end__gt=at), body=post.body, kind=post.kind, title=post.title):
        paths = PostArea.objects.filter(post=other, end__isnull=True).values_list("path", flat=True)
        if spot_of(other.kind, other.grid_id, list(paths)) == spot:
            message = _("“%(body)s”已经有“%(title)s”了。人数不够的，在“岗位任职台账”里改人数；另设的请换一个名称。")
            raise Refused("bodies.post_there", message % {"body": post.body.name, "title": post.title}, field="title")


def _named(cmd: CreatePost, post: Post, reach: str) -> list[str]:
    if (cmd.grid_id is not None) != (reach == "grid") or bool(cmd.places) != (reach == "named"):
        raise Refused("bodies.reach", _("请按岗位的种类写明网格或楼栋。"), status=422, field="grid_id" if reach == "grid" else "places")
    if cmd.grid_id is not None:
        grid = places.grid(cmd.grid_id)
        if grid is None:
            raise NotFound(_("没有这个网格。"))
        if not covers(post.path, grid.path):
            raise Refused("bodies.outside", _("网格不在这个组织的范围内。"), status=422, field="grid_id")
    found = [place(code) for code in cmd.places]
    for where in found:
        if not covers(post.path, where.path):
            raise Refused("bodies.outside", _("“%(place)s”不在这个组织的范围内。") % {"place": where.name}, status=422, field="places")
    return [where.path for where in found]
