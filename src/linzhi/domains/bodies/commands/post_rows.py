"""Rows of the register of posts and their holders held against what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.bulk import Deciding, no_place, places_of
from linzhi.domains.bodies.commands.post_holders import Holders, check_holder
from linzhi.domains.bodies.models import Body, Holding, Post, PostArea
from linzhi.domains.bodies.rules import POST_KINDS, name_key
from linzhi.domains.places import queries as places
from linzhi.domains.places.commands.bulk import Compared
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands import Input, Private, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers, within
from linzhi.kernel.clock import day_of

HELD = ("basis", "source", "source_note", "full_time")
# What a row says of the post itself, by the column of the post that keeps it.
FACTS = {"seats": "seats", "contact": "phone", "hours": "hours"}
REACHING = ("grid", "named")


class PostRow(Input):
    """One holding of a post, or an empty post.

    Found again by the body's place and name, the kind, the title, the holder's name and, for posts of grids and of named places, where
    they reach. `reach` is a grid's code or codes of places with 、 between. `contact` and `hours` are the post's, public. `username` and
    `phone` find the holder's account or record; neither is kept.
    """

    where: Annotated[str, Field(max_length=32)] = ""
    body: Annotated[SafeText, Field(min_length=1, max_length=80)]
    kind: str
    title: Annotated[SafeText, Field(max_length=60)] | None = None
    seats: Annotated[int, Field(ge=1, le=99)] | None = None
    reach: Annotated[str, Field(max_length=2000)] | None = None
    contact: Annotated[SafeText, Field(max_length=30)] | None = None
    hours: Annotated[SafeText, Field(max_length=80)] | None = None
    name: Annotated[SafeText, Field(max_length=40)] | None = None
    username: Annotated[str, Field(max_length=64)] | None = None
    phone: Annotated[str, Field(max_length=30), Private] = ""
    basis: Annotated[SafeText, Field(max_length=200)] | None = None
    source: str | None = None
    source_note: Annotated[SafeText, Field(max_length=200)] | None = None
    full_time: bool | None = None
    begin: date | None = None
    end: date | None = None


@dataclass
class Meant:
    """A post that rows mean: one that is kept, or a new one that the first of its rows makes. `taken` counts its seats.

    `facts` are what it will say of itself; `said` those that a row named already, which no later row may contradict.
    """

    body: Body
    kind: str
    title: str
    kept: Post | None = None
    grid_id: int | None = None
    paths: list[str] = field(default_factory=list)
    taken: int = 0
    made: Post | None = None
    facts: dict[str, Any] = field(default_factory=lambda: {"seats": 1, "phone": "", "hours": ""})
    said: set[str] = field(default_factory=set)

    @property
    def seats(self) -> int:
        """How many may hold it."""
        return int(self.facts["seats"])

    @property
    def post(self) -> Post:
        """The row itself; for a new one, unsaved."""
        return self.kept or self.made or Post(body=self.body, kind=self.kind, path=self.body.path)


@dataclass
class PostLine(Compared):
    """A row with the post it means, whether it makes that post, the new holding, or what it changes of the holding in `kept`."""

    post: Meant | None = None
    makes: bool = False
    holding: dict[str, Any] | None = None
    held: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> Literal["new", "changed", "same", "bad"]:
        """What taking the row would do."""
        if self.faults:
            return "bad"
        if self.makes or self.holding is not None:
            return "new"
        return "changed" if self.changes or self.held else "same"


def held(at: datetime) -> Q:
    """A filter for what hasn't ended at a moment."""
    return Q(end__isnull=True) | Q(end__gt=at)


def compare_posts(powers: Powers, top: Territory, rows: Sequence[PostRow]) -> list[PostLine]:
    """Each row with the post and holding it means, what it would change and what is wrong.

    A fixed number of statements, and one more for each new holder of a post that only an owner may have.
    """
    at = powers.at
    places_here = places_of(top, [row.where for row in rows])
    found = Body.objects.filter(places.in_force(day_of(at)), within("path", top.path), name__in={row.body for row in rows})
    bodies = {(body.path, body.name): body for body in found}
    posts = list(Post.objects.filter(held(at), body__in=bodies.values()).select_related("body").order_by("pk"))
    sitting = list(Holding.objects.filter(held(at), post__in=posts).order_by("pk"))
    ground = Ground(top, rows, posts, day_of(at))
    meant = _kept(posts, ground, Counter(one.post_id for one in sitting))
    holders = Holders(powers, top, rows)
    deciding = Deciding(powers)
    by_name = {(one.post_id, name_key(one.name)): one for one in reversed(sitting)}
    seen: dict[Any, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        line = PostLine(number, row, parent=places_here.get(row.where))
        lines.append(line)
        body = _body(line, bodies)
        if body is None:
            continue
        title = row.title or str(POST_KINDS[row.kind].title)
        there = meant.setdefault((body.pk, row.kind, title), {})
        spot = _spot(line, body, ground, there)
        same = (body.pk, row.kind, title, spot, name_key(row.name or ""))
        if same in seen:
            line.wrong("name", _("和第 %(n)d 行是同一个岗位上的同一个人。") % {"n": seen[same]}, _("同一项只留一行。"))
        if line.faults:
            continue
        seen[same] = number
        if spot not in there:
            there[spot] = Meant(body, row.kind, title, grid_id=spot[0], paths=list(spot[1]))
            line.makes = True
            if not deciding.may("bodies.create_post", there[spot].post):
                line.wrong("kind", _("您不能设这种岗位。"), _("请由管这条线的岗位来登记。"))
        one = there[spot]
        _check_post(line, one, deciding)
        line.post = one
        kept = by_name.get((one.kept.pk, name_key(row.name))) if row.name and one.kept else None
        if row.name:
            check_holder(line, one, kept, holders, deciding)
    _check_seats(lines)
    return lines


def _kept(posts: Sequence[Post], ground: Ground, taken: Counter[int]) -> dict[Any, dict[Any, Meant]]:
    """The posts that are there, by body, kind and title, and then by where they reach; of two alike the first."""
    found: dict[Any, dict[Any, Meant]] = {}
    for post in reversed(posts):
        spot = spot_of(post.kind, post.grid_id, ground.areas.get(post.pk, []))
        facts = {name: getattr(post, name) for name in FACTS.values()}
        one = Meant(post.body, post.kind, post.title, post, post.grid_id, list(spot[1]), taken[post.pk], facts=facts)
        found.setdefault((post.body_id, post.kind, post.title), {})[spot] = one
    return found


def _check_seats(lines: Sequence[PostLine]) -> None:
    for line in lines:
        over = line.post is not None and line.post.taken > line.post.seats
        if line.post is not None and over and (line.holding is not None or "seats" in line.changes):
            line.wrong("seats", _("这个岗位设了 %(n)d 人，登记的人超过了。") % {"n": line.post.seats}, _("请核对人数，或先办离任。"))


def _body(line: PostLine, bodies: dict[tuple[str, str], Body]) -> Body | None:
    """The body that a row names, where it may have the post."""
    row = line.given
    if line.parent is None:
        no_place(line, row.where)
        return None
    body = bodies.get((line.parent.path, row.body))
    if body is None:
        line.wrong("body", _("“%(place)s”没有叫“%(name)s”的组织。") % {"place": line.parent.name, "name": row.body}, _("请先登记组织。"))
    elif row.kind not in POST_KINDS or body.kind not in POST_KINDS[row.kind].bodies:
        line.wrong("kind", _("“%(body)s”不能设这种岗位。") % {"body": body.name}, _("请核对岗位类型。"))
        return None
    return body


Spot = tuple[int | None, tuple[str, ...]]
"""Where a post reaches, as far as that tells it from another of its kind and title: a grid, or named places."""


def spot_of(kind: str, grid_id: int | None, paths: Sequence[str]) -> Spot:
    """The spot of a post."""
    reach = POST_KINDS[kind].reach
    return (grid_id if reach == "grid" else None, tuple(sorted(paths)) if reach == "named" else ())


def _spot(line: PostLine, body: Body, ground: Ground, there: dict[Any, Meant]) -> Spot:
    """The spot that a row means; an empty cell means the only post of this kind and title. A fault where that can't be told."""
    row = line.given
    reach = POST_KINDS[row.kind].reach
    if reach in REACHING and not row.reach and there:
        if len(there) > 1:
            line.wrong("reach", _("这个组织有几个叫这个名字的岗位。"), _("请写明管哪里。"))
        return next(iter(there))
    grid_id, paths, why = ground.read(row.reach, reach, body)
    if why:
        line.wrong("reach", why, _("网格岗位写网格编码；楼栋长、党建指导员写小区或楼栋编码。"))
    return spot_of(row.kind, grid_id, paths)


def _check_post(line: PostLine, one: Meant, deciding: Deciding) -> None:
    """What a row says of the post itself: taken over, or a fault where an earlier row said something else."""
    for column, name in FACTS.items():
        value = getattr(line.given, column)
        if value is None:
            continue
        if value != one.facts[name]:
            if name in one.said:
                line.wrong(column, _("同一个岗位，和前面的行写的不一样。"), _("请写成一样，或只在一行里写。"))
                continue
            if one.kept is not None:
                line.changes[name] = value
            elif not line.makes:
                line.wrong(column, _("同一个岗位，和前面的行写的不一样。"), _("请写成一样。"))
                continue
            one.facts[name] = value
        one.said.add(name)
    if line.changes and not deciding.may("bodies.create_post", one.post):
        line.wrong("kind", _("您不能改这个岗位。"), _("请由管这条线的岗位来登记。"))


class Ground:
    """Grids and places by code, and where the posts of a sheet reach; three statements."""

    def __init__(self, top: Territory, rows: Sequence[PostRow], posts: Sequence[Post], on: date) -> None:
        codes = {code for row in rows for code in self._codes(row.reach)}
        self._grids = {grid.code: grid for grid in places.grids(top.path, on)} if codes else {}
        found = Territory.objects.filter(within("path", top.path), code__in=codes, end=None) if codes else ()
        self._places = {where.code: where.path for where in found}
        self.areas: dict[int, list[str]] = {}
        for post_id, path in PostArea.objects.filter(post__in=posts, end__isnull=True).values_list("post_id", "path"):
            self.areas.setdefault(post_id, []).append(path)

    def read(self, text: str | None, reach: str, body: Body) -> tuple[int | None, list[str], str]:
        """The grid, or the paths, that a cell means; or why it can't be."""
        codes = self._codes(text)
        if reach not in ("grid", "named"):
            return None, [], _("这种岗位不用写范围。") if codes else ""
        if not codes:
            return None, [], _("这种岗位要写管哪里。")
        if reach == "grid":
            grid = self._grids.get(codes[0])
            if len(codes) > 1 or grid is None or not covers(body.path, grid.path):
                return None, [], _("“%(code)s”不是这个组织范围里的网格编码。") % {"code": codes[0]}
            return grid.pk, [], ""
        wrong = [code for code in codes if code not in self._places or not covers(body.path, self._places[code])]
        if wrong:
            return None, [], _("“%(code)s”不在这个组织的范围内。") % {"code": wrong[0]}
        return None, [self._places[code] for code in codes], ""

    @staticmethod
    def _codes(text: str | None) -> list[str]:
        return [code.strip() for code in (text or "").replace(",", "、").replace("，", "、").split("、") if code.strip()]
