"""Somebody takes a post. Together with the ends of posts, the only place where power begins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field

from linzhi.domains.bodies.commands.reach import give
from linzhi.domains.bodies.commands.sources import check_source
from linzhi.domains.bodies.events import Appointed
from linzhi.domains.bodies.models import Holding, Post, PostArea
from linzhi.domains.bodies.rules import CHIEFS, POST_KINDS, SECRETARIES, name_key
from linzhi.domains.people import queries as people
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.paths import ancestors
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve


class Appoint(Input):
    """Who: an account, a person of the register, or both. `name` is the name under which the post is publicly held.

    `basis` names the document (notice of appointment, minutes of the election). `end` is the end of the term, if there is one.
    `source` says where a secretary comes from, a word of `secretary.allowed_sources`; another one needs `source_note`.
    """

    post_id: int
    name: Annotated[SafeText, Field(min_length=1, max_length=40)]
    basis: Annotated[SafeText, Field(min_length=1, max_length=200)]
    account_id: int | None = None
    person_id: int | None = None
    source: str = ""
    source_note: Annotated[SafeText, Field(max_length=200)] = ""
    full_time: bool | None = None
    begin: AwareDatetime | None = None
    end: AwareDatetime | None = None


def _load(cmd: Appoint) -> Post:
    post = Post.objects.select_for_update(of=("self",)).select_related("body").filter(pk=cmd.post_id).first()
    if post is None:
        raise NotFound(_("没有这个岗位。"))
    return post


@command("bodies.appoint", on=_load, place=lambda holding: holding.post.path)
def appoint(ctx: Context, cmd: Appoint, post: Post) -> Holding:
    """Record who holds a post and give its power from then on, never backwards.

    Refused when the post has ended or is filled, the term ends before it begins, the actor names itself, the account belongs to
    another person, or only an owner may hold the post and the person owns nothing there. A secretary is refused from a source that
    isn't the jurisdiction's without a reason, and where the chief of the community would be one (`secretary.exclude_community_chief`;
    JS-07). Nobody is refused for being or not being a party member where owners elect.
    """
    begin = cmd.begin or ctx.at
    if post.end is not None and post.end <= begin:
        raise Refused("bodies.post_ended", _("这个岗位已经撤销了。"))
    if cmd.end is not None and cmd.end <= begin:
        raise Refused("bodies.term", _("任期的结束要晚于开始。"), status=422, field="end")
    account_id = _account(cmd, post)
    if account_id is not None and account_id == ctx.actor.account_id:
        raise Refused("bodies.appoints_itself", _("不能给自己任职。请另一位有权限的人来登记。"), status=403)
    if POST_KINDS[post.kind].owners_only and (cmd.person_id is None or not people.owns_in(cmd.person_id, post.path, begin)):
        raise Refused("bodies.not_owner", _("这个岗位只能由本小区的业主担任。请先在台账里登记产权。"), field="person_id")
    _check_seats(cmd, post, account_id, begin)
    if post.kind in SECRETARIES:
        _check_secretary(ctx, cmd, post, account_id)
    holding = Holding.objects.create(
        post=post, person_id=cmd.person_id, account_id=account_id, name=cmd.name, basis=cmd.basis, source=cmd.source,
        source_note=cmd.source_note, full_time=cmd.full_time, begin=begin, end=cmd.end,
    )  # fmt: skip
    role = POST_KINDS[post.kind].role
    if role and account_id is not None and (cmd.end is None or cmd.end > ctx.at):
        give(holding, role, sorted(PostArea.objects.filter(post=post, end__isnull=True).values_list("path", flat=True)), ctx.at)
    ctx.emit(Appointed(holding.pk, post.pk, post.body_id, account_id, post.kind))
    return holding


def _check_secretary(ctx: Context, cmd: Appoint, post: Post, account_id: int | None) -> None:
    if cmd.source:
        check_source(ctx, post.path, cmd.source, cmd.source_note)
    answer = resolve("secretary.exclude_community_chief", on=day_of(ctx.at), pack=pack_for(post.path))
    if not answer.value or cmd.source_note:
        return
    chiefs = Holding.objects.filter(Q(end__isnull=True) | Q(end__gt=ctx.at), post__kind__in=CHIEFS, post__path__in=ancestors(post.path))
    for chief in chiefs:
        same = (account_id is not None and chief.account_id == account_id) or (cmd.person_id and chief.person_id == cmd.person_id)
        if same or (account_id is None and not cmd.person_id and name_key(chief.name) == name_key(cmd.name)):
            message = _("社区主要负责人一般不兼任小区党支部书记。确需兼任，请写明理由。")
            raise Refused("bodies.chief_as_secretary", message, field="source_note", rule=answer.key)


def _account(cmd: Appoint, post: Post) -> int | None:
    account_id = cmd.account_id
    if cmd.person_id is not None:
        if not people.person_exists(cmd.person_id, post.path):
            raise NotFound(_("没有这个人员。"))
        own = people.account_of(cmd.person_id)
        if account_id is not None and own is not None and own != account_id:
            raise Refused("bodies.account_of_another", _("这个账号是别人的。请核对后再登记。"), field="account_id")
        account_id = account_id if account_id is not None else own
    if account_id is not None:
        account = accounts.by_id(account_id)
        if account is None or account.kind not in ("person", "app") or not account.active:
            raise NotFound(_("没有这个账号，或者已经停用。"))
    return account_id


def _check_seats(cmd: Appoint, post: Post, account_id: int | None, begin: datetime) -> None:
    overlap = Holding.objects.filter(Q(end__isnull=True) | Q(end__gt=begin), post=post)
    if cmd.end is not None:
        overlap = overlap.filter(begin__lt=cmd.end)
    if account_id is not None and overlap.filter(account_id=account_id).exists():
        raise Refused("bodies.holds_it", _("这个人已经在这个岗位上了。"))
    if overlap.count() >= post.seats:
        raise Refused("bodies.post_filled", _("这个岗位已经有人了。请先办离任。"), seats=post.seats)
