"""岗位任职台账: the register of posts and who holds them as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.commands import PostRow, RecordPosts, WithdrawPosts, compare_posts, record_posts, withdraw_posts
from linzhi.domains.bodies.commands.post_rows import FACTS
from linzhi.domains.bodies.models import Holding, Post, PostArea
from linzhi.domains.bodies.registers.frame import input_of, judge_rows
from linzhi.domains.bodies.rules import POST_KINDS, SOURCES_KEY
from linzhi.domains.places.queries import Grid
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row, Trace, Verdict
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.policy.load import packs

LEVELS = ("county", "street", "community", "estate")
KINDS = {code: kind.title for code, kind in POST_KINDS.items()}
COLUMNS = (
    Column("where", _("所在地编码"), Kind.CODE, key=True, note=_("组织所在地的编码；导入那个地方的表时可以空着。")),
    Column("body", _("组织名称"), required=True, key=True, longest=80, example="凤栖苑业主委员会", aliases=("组织", "单位")),
    Column("kind", _("岗位类型"), Kind.CHOICE, required=True, key=True, choices=KINDS, aliases=("岗位", "职务类别")),
    Column("title", _("岗位名称"), key=True, longest=60, note=_("不写就用岗位类型的名字。"), aliases=("职务",)),
    Column("seats", _("岗位人数"), Kind.WHOLE, least=1, most=99, note=_("不写按 1 人。"), aliases=("职数",)),
    Column("reach", _("管哪里"), Kind.CODE, key=True, longest=2000, note=_("网格岗位写网格编码；楼栋长、党建指导员写小区或楼栋编码，几个用顿号隔开。"
           "同名的岗位靠它区分。")),
    Column("contact", _("岗位电话"), longest=30, note=_("对外公开的办公电话，不要写个人手机号。"), example="0000-6620 1101", aliases=("办公电话",)),
    Column("hours", _("接待时间"), longest=80, example="工作日 8:30–17:30", aliases=("办公时间",)),
    Column("name", _("任职的人"), key=True, longest=40, example="张三", note=_("任职公开的姓名；空着就是只设岗位。"), aliases=("姓名", "任职人")),
    Column("username", _("登录名"), longest=64, note=_("工作人员写登录名，岗位的权限给到这个账号。"), aliases=("账号",)),
    Column("phone", _("手机号"), Kind.PHONE, sealed=True, note=_("居民写手机号，用来在人员台账里对上他；导出时不带。"), aliases=("电话", "联系电话")),
    Column("basis", _("任职文件"), longest=200, example="街道任职通知", note=_("登记任职要写。"), aliases=("任职依据",)),
    Column("source", _("人选来源"), Kind.CHOICE, note=_("只有书记写。")),
    Column("source_note", _("来源说明"), longest=200, note=_("不在本地规定的来源里的写理由。")),
    Column("full_time", _("专职"), Kind.YES_NO),
    Column("begin", _("任职开始"), Kind.DAY, example="2024-05-20", note=_("不写的从导入时算。"), aliases=("任职时间", "任职日期")),
    Column("end", _("任期届满"), Kind.DAY, note=_("没有任期的空着。"), aliases=("届满时间",)),
)  # fmt: skip


def choices(place: Territory, column: Column) -> Mapping[str, Any] | None:
    """Where a secretary may come from, every known source; None for a column whose choices are fixed."""
    return packs().parameters[SOURCES_KEY].shape.options or {} if column.code == "source" else None


def judge(powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
    """What each row would do; see `sheets.register.Judge`."""
    return judge_rows(PostRow, rows, lambda inputs: compare_posts(powers, place, inputs), _before)


def _before(line: Any) -> dict[str, Any]:
    was: dict[str, Any] = {column: getattr(line.post.kept, name) for column, name in FACTS.items() if name in line.changes}
    for name in line.held:
        value = getattr(line.kept, name)
        was[{"account_id": "username", "person_id": "phone"}.get(name, name)] = (
            day_of(value) if isinstance(value, datetime) else value or ""
        )
    return was


def take(actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
    """Write the rows by `bodies.record_posts`; a chunk that was written before with this key says nothing new."""
    done = record_posts(actor, RecordPosts(place=place.code, rows=tuple(input_of(PostRow, row) for row in rows)), at=at, key=key)
    return list(done.trace) if done is not None else []


def undo(actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None:
    """Take a chunk back by `bodies.withdraw_posts`; a chunk that changed nothing has nothing to take back."""
    if any(trace):
        withdraw_posts(actor, WithdrawPosts(place=place.code, trace=tuple(trace)), at=at, key=key)


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The posts inside a place on a day, a row for each holder and one for an empty post. Phones never leave."""
    at = powers.at if on == day_of(powers.at) else datetime.combine(on, time.max, BEIJING)
    held = Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))
    posts = list(Post.objects.filter(held, inside("path", place.path, on)).select_related("body").order_by("path", "body_id", "pk"))
    ids = [post.pk for post in posts]
    holdings: dict[int, list[Holding]] = {}
    for one in Holding.objects.filter(held, post__in=ids).order_by("pk"):
        holdings.setdefault(one.post_id, []).append(one)
    accounts = {one.account_id for found in holdings.values() for one in found if one.account_id is not None}
    usernames = dict(Account.objects.filter(pk__in=accounts, staff=True).values_list("pk", "username"))
    reach = _reaches(posts, held)
    codes = dict(Territory.objects.filter(path__in={post.path for post in posts}).values_list("path", "code"))
    for post in posts:
        said = {
            "where": codes[post.path], "body": post.body.name, "kind": post.kind, "title": post.title, "seats": post.seats,
            "reach": reach.get(post.pk), "contact": post.phone or None, "hours": post.hours or None, "phone": None,
        }  # fmt: skip
        sitting = holdings.get(post.pk, [])
        if not sitting:
            yield said
        for one in sitting:
            yield said | _holder(one, usernames)


def _holder(one: Holding, usernames: Mapping[int, str | None]) -> dict[str, Any]:
    return {
        "name": one.name, "username": usernames.get(one.account_id or 0) or None, "basis": one.basis, "source": one.source or None,
        "source_note": one.source_note or None, "full_time": one.full_time, "begin": day_of(one.begin),
        "end": day_of(one.end) if one.end is not None else None,
    }  # fmt: skip


def _reaches(posts: Sequence[Post], held: Q) -> dict[int, str]:
    """Where posts of grids and of named places reach, as codes."""
    grids = dict(Grid.objects.filter(pk__in={post.grid_id for post in posts if post.grid_id}).values_list("pk", "code"))
    found = {post.pk: grids[post.grid_id] for post in posts if post.grid_id in grids}
    named = [post.pk for post in posts if POST_KINDS[post.kind].reach == "named"]
    areas = list(PostArea.objects.filter(held, post__in=named).order_by("path").values_list("post_id", "path"))
    codes = dict(Territory.objects.filter(path__in={path for _pk, path in areas}).values_list("path", "code"))
    for pk, path in areas:
        found[pk] = f"{found[pk]}、{codes[path]}" if pk in found else codes[path]
    return found


def subject(row: Row) -> tuple[str, int | None]:
    """Under what the opening of a sealed value would be logged; no row of this register holds one."""
    return "bodies.post", None


POSTS = Register(
    "posts", _("岗位任职台账"), _("每行一个岗位上的一个人；空着姓名的行只设岗位。离任在“组织和岗位”里办。"), COLUMNS, "bodies.record_posts",
    "bodies.view_register", LEVELS, judge, take, undo, rows, after=("bodies", "grids", "residents", "owners"), choices=choices,
    subject=subject,
)  # fmt: skip
