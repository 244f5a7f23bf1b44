"""The power over a place that was hung elsewhere goes on where it is now; the power over one that ended ends."""

from __future__ import annotations

from linzhi.domains.bodies.commands.reach import follow
from linzhi.domains.bodies.models import Post, PostArea, ServiceArea
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within


class FollowPlace(Input):
    """The place that moved or ended, and the path that it had until then."""

    territory_id: int
    path: str


@command("bodies.follow_place", on=lambda cmd: Territory.objects.get(pk=cmd.territory_id))
def follow_place(ctx: Context, cmd: FollowPlace, place: Territory) -> None:
    """Give the posts over the place, and over what lies in it, their power where it is now, from this moment on; over an ended one, none.

    Who has power over the place above has it or not by that place alone: the officers of the street that it left lose it, those of the
    street it came to gain it. Firms no longer serve an ended division as such. Doing it again changes nothing. Only the job may.
    """
    if place.end is not None:
        ServiceArea.objects.filter(path=cmd.path, end__isnull=True, begin__lte=place.end).update(end=place.end)
    over = PostArea.objects.filter(within("path", cmd.path), end__isnull=True)
    posts = list(Post.objects.select_for_update().filter(pk__in=over.values("post_id"), end__isnull=True).order_by("pk"))
    for post in posts:
        follow(post, ctx.at)
    ctx.note(posts=len(posts))
