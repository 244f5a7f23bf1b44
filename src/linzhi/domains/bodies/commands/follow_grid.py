"""The power over a grid follows its ground."""

from __future__ import annotations

from linzhi.domains.bodies.commands.reach import follow
from linzhi.domains.bodies.models import Post
from linzhi.foundation.commands import Context, Input, command


class FollowGrid(Input):
    """The grid whose ground changed."""

    grid_id: int


@command("bodies.follow_grid", on=lambda cmd: None)
def follow_grid(ctx: Context, cmd: FollowGrid, subject: None) -> None:
    """Bring the posts of the grid in line with its ground. Doing it again changes nothing. Only the job that hears of the change may."""
    for post in Post.objects.select_for_update().filter(grid_id=cmd.grid_id, end__isnull=True):
        follow(post, ctx.at)
