"""Take back posts and holdings that an import added or changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.bulk import plain, refuse_used, restore
from linzhi.domains.bodies.commands.reach import place, regrant
from linzhi.domains.bodies.models import Holding, Post, PostArea
from linzhi.domains.places.commands.bulk import Withdraw
from linzhi.foundation.access import granting
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


class WithdrawPosts(Withdraw):
    """What `record_posts` said that it did."""


@command("bodies.withdraw_posts", on=lambda cmd: place(cmd.place))
def withdraw_posts(ctx: Context, cmd: WithdrawPosts, top: Territory) -> None:
    """Undo `record_posts`; power that it gave ends now, and the audit log keeps that it was there.

    Refused with the first row in the way: changed since, or something rests on it (a filing, another holder).
    """
    made = {one["post"]: one["after"] for one in cmd.trace if "post" in one}
    posts = list(Post.objects.select_for_update().filter(pk__in=made).order_by("pk"))
    added = {one["holding"]: one["held_as"] for one in cmd.trace if "holding" in one}
    holdings = list(Holding.objects.select_for_update(of=("self",)).filter(pk__in=added).select_related("post").order_by("pk"))
    for held in holdings:
        if held.ended_reason or any(plain(getattr(held, name)) != value for name, value in added[held.pk].items()):
            raise Refused("bodies.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": held.name}, row=held.pk)
    for post in posts:
        if post.end is not None or any(getattr(post, name) != value for name, value in made[post.pk].items()):
            raise Refused("bodies.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": post.title}, row=post.pk)
    refuse_used(Holding, {held.pk: held.name for held in holdings})
    touched = {held.post_id: held.post for held in holdings}
    restored = restore(Holding, [one["held"] for one in cmd.trace if "held" in one], lambda row: row.name)
    touched |= {row.post_id: row.post for row in restored}
    restore(Post, [one["seats"] for one in cmd.trace if "seats" in one], lambda row: row.title)
    Holding.objects.filter(pk__in=added).delete()
    refuse_used(Post, {post.pk: post.title for post in posts}, own=(PostArea,))
    for pk, post in touched.items():
        if pk in made:
            granting.end_of_post(pk, ctx.at)
        else:
            regrant(post, ctx.at)
    PostArea.objects.filter(post__in=posts).delete()
    Post.objects.filter(pk__in=made).delete()
