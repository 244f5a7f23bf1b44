"""The power of a post reaches its holder once the holder's account is known."""

from __future__ import annotations

from django.db.models import Q

from linzhi.domains.bodies.commands.reach import regrant
from linzhi.domains.bodies.models import Holding, Post
from linzhi.foundation.commands import Context, Input, command


class FollowAccount(Input):
    """The person and the account that is now known to be theirs."""

    person_id: int
    account_id: int


@command("bodies.follow_account", on=lambda cmd: None)
def follow_account(ctx: Context, cmd: FollowAccount, subject: None) -> None:
    """Fill in the account in holdings that lack one and give their grants from now on. Doing it again changes nothing."""
    holdings = Holding.objects.select_for_update(of=("self",)).select_related("post")
    mine = Holding.objects.filter(person_id=cmd.person_id, account_id__isnull=True)
    list(Post.objects.select_for_update().filter(pk__in=mine.values("post_id")).order_by("pk"))
    waiting = holdings.filter(person_id=cmd.person_id, account_id__isnull=True)
    for holding in waiting.filter(Q(end__isnull=True) | Q(end__gt=ctx.at)):
        holding.account_id = cmd.account_id
        holding.save(update_fields=["account_id"])
        regrant(holding.post, ctx.at)
