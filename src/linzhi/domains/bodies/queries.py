"""Reads of bodies and posts. Bodies, posts and who publicly holds them are open to anyone; account ids are for commands above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from linzhi.domains.bodies.models import Body as Body  # the row types are part of what higher domains may use
from linzhi.domains.bodies.models import BodyLink, CandidateReview, Competence, Filing, Formation, PostArea, ServiceArea, Term
from linzhi.domains.bodies.models import Holding as Holding
from linzhi.domains.bodies.models import Post as Post
from linzhi.domains.bodies.rules import ANSWERING_KINDS, BODY_KINDS, CARD_ORDER, FILED_POSTS, POST_KINDS, span_label
from linzhi.domains.people import queries as people
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.statements.kept import fetch
from linzhi.foundation.statements.lately import lately, lately_each
from linzhi.foundation.territory import history
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, ancestors, estate_of, within
from linzhi.kernel.clock import day_of

_SERVING = [code for code, kind in BODY_KINDS.items() if kind.serves]


@dataclass(frozen=True)
class PostHeld:
    """A post that an account holds: what the shell says of the person who works."""

    holding_id: int
    post_id: int
    kind: str
    role: str
    title: str
    body_id: int
    body_kind: str
    body_name: str
    body_path: str
    paths: tuple[str, ...]

    @property
    def label(self) -> str:
        """The post as people say it: 梧桐社区受理岗."""
        return f"{self.body_name}{self.title}"


@dataclass(frozen=True)
class Contact:
    """A card of 找人: a public post that serves a place.

    `reach` says for which buildings, when it isn't for all; `name` is empty when the post is vacant.
    """

    kind: str
    role: str
    title: str
    name: str
    body_id: int
    body_name: str
    phone: str
    hours: str
    reach: str


def bodies(powers: Powers, *, kind: str | None = None, path: str = "") -> list[Body]:
    """The bodies in force that sit inside `path` (empty: everywhere). Open to anyone."""
    rows = Body.objects.filter(powers.visible("bodies.view_body"), in_force(day_of(powers.at)))
    rows = rows.filter(kind=kind) if kind else rows
    return list((rows.filter(within("path", path)) if path else rows).order_by("path", "pk"))


def choices(powers: Powers, path: str) -> list[tuple[int, str]]:
    """Id and name of the bodies in force that sit inside `path`, as `bodies` finds them; a new body is seen within two seconds."""
    day, key = day_of(powers.at), ("bodies.choices", powers.key, path)

    def build(on: date) -> QuerySet[Body, tuple[int, str]]:
        rows = Body.objects.filter(powers.visible("bodies.view_body"), in_force(on), within("path", path))
        return rows.order_by("path", "pk").values_list("pk", "name")

    return lately((*key, day), lambda: [(pk, name) for pk, name in fetch(key, build, day)])


def body(body_id: int) -> Body | None:
    """The body, also when it has been dissolved, or None."""
    return Body.objects.filter(pk=body_id).first()


def body_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Body id to name for many bodies in one statement; unknown ids are left out. A new name is seen within two seconds."""

    def build(*ids: int) -> QuerySet[Body, tuple[int, str]]:
        return Body.objects.filter(pk__in=ids).values_list("pk", "name")

    wanted = sorted({i for i in ids if i is not None})
    return lately_each("bodies.names", wanted, lambda asked: dict(fetch(("bodies.names", len(asked)), build, *asked)))


def post_label(post_id: int) -> str:
    """A post as people say it, 梧桐社区受理岗, or an empty string; a new name is seen within two seconds."""

    def build(post_id: int) -> QuerySet[Post, tuple[str, str]]:
        return Post.objects.filter(pk=post_id).values_list("body__name", "title")

    return lately(("bodies.post_label", post_id), lambda: "".join("".join(row) for row in fetch("bodies.post_label", build, post_id)))


def bodies_for(path: str, kind: str | None, at: datetime) -> list[Body]:
    """The bodies that serve a place at a moment, nearest first.

    A body serves its service areas; one without any serves the territory at which it sits, unless its kind lives by service areas.
    """
    on = in_force(day_of(at))
    rows = Body.objects.filter(on, kind=kind) if kind else Body.objects.filter(on)
    line = ancestors(path)
    served = dict(ServiceArea.objects.filter(on, path__in=line).order_by("path").values_list("body_id", "path"))
    found = list(rows.filter(Q(pk__in=served) | Q(path__in=line) & ~Q(kind__in=_SERVING)))
    elsewhere = [row.pk for row in found if row.pk not in served]
    limited = set(ServiceArea.objects.filter(on, body_id__in=elsewhere).values_list("body_id", flat=True)) if elsewhere else set()
    kept = [row for row in found if row.pk not in limited]
    return sorted(kept, key=lambda row: (-len(served.get(row.pk, row.path)), row.pk))


def competent_bodies(path: str, competence: str, at: datetime) -> list[Body]:
    """The departments that answer for a matter at a place at a moment, nearest first (a street's squad before the county's bureau)."""
    able = set(Competence.objects.filter(in_force(day_of(at)), code=competence).values_list("body_id", flat=True))
    return [row for row in bodies_for(path, "department", at) if row.pk in able]


def answering(path: str, department: str, at: datetime) -> list[Body]:
    """The bodies that answer for a category's `department` at a place at a moment, nearest first.

    `property`, `community`, `street` and `owners_committee` mean the body of that kind; anything else is a competence of departments.
    """
    kind = ANSWERING_KINDS.get(department)
    return bodies_for(path, kind, at) if kind else competent_bodies(path, department, at)


def serves(body_id: int, path: str, at: datetime) -> bool:
    """Whether a body serves a place at a moment, as `bodies_for` has it."""
    row = body(body_id)
    return row is not None and any(other.pk == body_id for other in bodies_for(path, row.kind, at))


def has_post_in(kind: str, roles: Iterable[str]) -> bool:
    """Whether a kind of body has a kind of post that carries one of some roles."""
    return any(kind in post.bodies and post.role in set(roles) for post in POST_KINDS.values())


def competences(body_id: int, on: date) -> list[str]:
    """What a department answers for on a day."""
    return list(Competence.objects.filter(in_force(on), body_id=body_id).order_by("code").values_list("code", flat=True))


def served_paths(body_id: int, on: date) -> list[str]:
    """The places a body serves on a day, in the order of the tree."""
    return list(ServiceArea.objects.filter(in_force(on), body_id=body_id).order_by("path").values_list("path", flat=True))


def _held(at: datetime) -> Q:
    return Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))


def posts_of(account_id: int, at: datetime) -> list[PostHeld]:
    """The posts an account holds at a moment, the widest reach first. For the account itself and for commands above."""

    def build(account_id: int, at: datetime) -> QuerySet[Holding, Any]:
        held = Holding.objects.filter(_held(at), account_id=account_id)
        body = ("post__body_id", "post__body__kind", "post__body__name", "post__body__path")
        return held.values_list("pk", "post_id", "post__kind", "post__title", *body)

    def reach(at: datetime, *posts: int) -> QuerySet[PostArea, Any]:
        return PostArea.objects.filter(_held(at), post_id__in=posts).order_by("path").values_list("post_id", "path")

    holdings = fetch("bodies.holdings", build, account_id, at)
    held = sorted({post_id for _pk, post_id, *_rest in holdings})
    areas: dict[int, list[str]] = {}
    for post_id, path in fetch(("bodies.reach", len(held)), reach, at, *held) if held else []:
        areas.setdefault(post_id, []).append(path)
    posts = [
        PostHeld(pk, post_id, kind, POST_KINDS[kind].role, title, body_id, body_kind, name, path, tuple(areas.get(post_id, ())))
        for pk, post_id, kind, title, body_id, body_kind, name, path in holdings
    ]
    return sorted(posts, key=lambda post: (min((len(path) for path in post.paths), default=99), post.post_id))


def members(body_id: int, role: str | None, at: datetime) -> list[int]:
    """The accounts that hold a post in a body at a moment, narrowed to a role if one is given. For commands above."""
    rows = Holding.objects.filter(_held(at), post__body_id=body_id, account_id__isnull=False)
    if role is not None:
        rows = rows.filter(post__kind__in=[code for code, kind in POST_KINDS.items() if kind.role == role])
    found = rows.order_by("post_id", "pk").values_list("account_id", flat=True)
    return list(dict.fromkeys(account_id for account_id in found if account_id is not None))


def holdings(post_id: int) -> list[Holding]:
    """Everyone who ever held a post, oldest first."""
    return list(Holding.objects.filter(post_id=post_id).order_by("begin", "pk"))


def posts(body_id: int, at: datetime) -> list[Post]:
    """The posts of a body at a moment."""
    return list(Post.objects.filter(_held(at), body_id=body_id).order_by("pk"))


@dataclass(frozen=True)
class Seats:
    """A post with whoever holds it at a moment, the longest in office first."""

    post: Post
    holders: tuple[Holding, ...]

    @property
    def vacant(self) -> int:
        """How many of its seats nobody holds."""
        return max(self.post.seats - len(self.holders), 0)


def seats(body_ids: Iterable[int], at: datetime) -> dict[int, list[Seats]]:
    """Body id to its posts at a moment with their holders; two statements."""
    rows = list(Post.objects.filter(_held(at), body_id__in=list(body_ids)).order_by("body_id", "pk"))
    held: dict[int, list[Holding]] = {}
    for one in Holding.objects.filter(_held(at), post_id__in=[row.pk for row in rows]).select_related("post").order_by("begin", "pk"):
        held.setdefault(one.post_id, []).append(one)
    found: dict[int, list[Seats]] = {}
    for row in rows:
        found.setdefault(row.body_id, []).append(Seats(row, tuple(held.get(row.pk, ()))))
    return found


def areas(post_ids: Iterable[int], at: datetime) -> dict[int, list[str]]:
    """Post id to where it reaches at a moment, as paths of now, in the order of the tree; posts without any are left out."""
    on = day_of(at)
    moved = bool(history.moves_after(on))
    found: dict[int, list[str]] = {}
    rows = PostArea.objects.filter(_held(at), post_id__in=list(post_ids)).order_by("path").values_list("post_id", "path")
    for post_id, path in rows:
        found.setdefault(post_id, []).append(history.path_now(path, on) if moved else path)
    return found


def vacancies(path: str, at: datetime) -> dict[int, int]:
    """Body id to how many seats of its posts are empty at a moment, inside `path`; bodies without any are left out."""
    rows = Post.objects.filter(_held(at), within("path", path)).values_list("pk", "body_id", "seats")
    taken = Counter(Holding.objects.filter(_held(at), within("post__path", path)).values_list("post_id", flat=True))
    found: dict[int, int] = {}
    for pk, body_id, places in rows:
        if places > taken[pk]:
            found[body_id] = found.get(body_id, 0) + places - taken[pk]
    return found


def vacant_posts(path: str, at: datetime) -> list[Post]:
    """Posts inside `path` that nobody holds at a moment."""
    taken = Holding.objects.filter(_held(at)).values("post_id")
    return list(Post.objects.filter(_held(at), within("path", path)).exclude(pk__in=taken).select_related("body").order_by("path", "pk"))


def holdings_without_ownership(person_id: int, at: datetime) -> list[int]:
    """The person's holdings that only an owner may have, where the person owns nothing at a moment. For the handler that ends them."""
    kinds = [code for code, kind in POST_KINDS.items() if kind.owners_only]
    rows = Holding.objects.filter(_held(at), person_id=person_id, post__kind__in=kinds).select_related("post")
    return [row.pk for row in rows if not people.owns_in(person_id, row.post.path, at)]


def contacts(path: str, at: datetime) -> list[Contact]:
    """The cards of 找人 for an estate or a building at a moment: public posts that reach it, in the order of a resident's needs."""
    then = history.path_on(path, day_of(at))  # where a post reached is kept by the paths of then
    near = Q(path__in=[step for step in ancestors(then) if len(step) > COUNTY_LENGTH])
    if len(then) == ESTATE_LENGTH:
        near |= within("path", then)
    kinds = [code for code, kind in POST_KINDS.items() if kind.public]
    areas = PostArea.objects.filter(_held(at), near, post__kind__in=kinds).select_related("post__body").order_by("path")
    reach: dict[int, list[str]] = {}
    posts: dict[int, Post] = {}
    for area in areas:
        posts[area.post_id] = area.post
        reach.setdefault(area.post_id, []).append(area.path)
    steps = {step for found in reach.values() for step in found}
    now = {step: step if then == path else history.path_now(step, day_of(at)) for step in steps}
    names = territory.names(list(now.values()))
    holders: dict[int, list[str]] = {}
    for post_id, name in Holding.objects.filter(_held(at), post_id__in=posts).order_by("pk").values_list("post_id", "name"):
        holders.setdefault(post_id, []).append(name)
    cards = []
    for post in sorted(posts.values(), key=lambda post: (CARD_ORDER.index(post.kind), reach[post.pk][0], post.pk)):
        parts = [] if any(len(step) <= ESTATE_LENGTH for step in reach[post.pk]) else [names[now[step]] for step in reach[post.pk]]
        span = span_label(parts)
        cards.append(
            Contact(
                post.kind, POST_KINDS[post.kind].role, post.title, "、".join(holders.get(post.pk, [])), post.body_id, post.body.name,
                post.phone or post.body.phone, post.hours or post.body.hours, "" if post.title.startswith(span) else span,
            )
        )  # fmt: skip
    return cards


def estate_bodies(path: str, at: datetime) -> dict[str, Body]:
    """Kind to the nearest body that serves an estate at a moment: property company, committee, branch, community, street."""
    found: dict[str, Body] = {}
    for row in bodies_for(estate_of(path) or path, None, at):
        if row.kind != "department":
            found.setdefault(row.kind, row)
    return found


@dataclass(frozen=True)
class RunsOut:
    """A term of a body, or somebody's term in a post, that ends soon or has ended without an end being recorded."""

    body_id: int
    body_name: str
    path: str
    what: str
    name: str
    end: date

    def over(self, on: date) -> bool:
        """Whether it has ended already."""
        return self.end <= on


def running_out(powers: Powers, path: str, *, within_days: int = 90) -> list[RunsOut]:
    """Terms inside `path` that are over or run out within so many days, the earliest first. Posts and terms are public."""
    on = day_of(powers.at)
    until = on + timedelta(days=within_days)
    rows = Term.objects.filter(within("path", path), closed__isnull=True, end__lte=until, body__end__isnull=True).select_related("body")
    found = [RunsOut(row.body_id, row.body.name, row.path, "term", str(row.ordinal), row.end) for row in rows]
    soon = Q(end__gt=powers.at, end__lte=powers.at + timedelta(days=within_days))
    held = Holding.objects.filter(soon, within("post__path", path), ended_reason="").select_related("post__body")
    found += [
        RunsOut(row.post.body_id, row.post.body.name, row.post.path, "holding", f"{row.post.title} {row.name}", day_of(row.end))
        for row in held
        if row.end is not None
    ]
    return sorted(found, key=lambda row: (row.end, row.path, row.name))


def formations(powers: Powers, path: str, *, open_only: bool = True) -> list[Formation]:
    """The formations inside `path` that the asker may see, newest first."""
    rows = Formation.objects.filter(powers.visible("bodies.view_formation"), within("path", path))
    rows = rows.filter(closed__isnull=True) if open_only else rows
    return list(rows.select_related("parent", "body").order_by("-opened", "-pk"))


def filings(powers: Powers, path: str, *, open_only: bool = True) -> list[Filing]:
    """The filings inside `path` that the asker may see, newest first."""
    rows = Filing.objects.filter(powers.visible("bodies.view_filing"), within("path", path))
    rows = rows.filter(closed__isnull=True) if open_only else rows
    return list(rows.select_related("holding__post__body", "term__body").order_by("-opened", "-pk"))


def candidates(powers: Powers, path: str) -> list[CandidateReview]:
    """The candidates for owners' committees inside `path` that the asker may see: all for reviewers, the own for a candidate."""
    rows = CandidateReview.objects.filter(powers.visible("bodies.view_candidates"), within("path", path))
    return list(rows.order_by("-stood", "-pk"))


def links(body_id: int, on: date) -> list[BodyLink]:
    """How a body stands to others beside its parent on a day."""
    return list(BodyLink.objects.filter(in_force(on), body_id=body_id).select_related("other").order_by("kind", "pk"))


def terms(body_id: int) -> list[Term]:
    """The terms of a body, the newest first."""
    return list(Term.objects.filter(body_id=body_id).order_by("-ordinal"))


def tree(powers: Powers, path: str, on: date, kinds: Iterable[str]) -> list[Body]:
    """The bodies of some kinds in force inside `path` on a day, in the order of the tree of places."""
    rows = Body.objects.filter(powers.visible("bodies.view_body"), in_force(on), within("path", path), kind__in=list(kinds))
    return list(rows.select_related("parent").order_by("path", "pk"))


def unfiled_secretaries(path: str, at: datetime) -> list[Holding]:
    """Secretaries in office inside `path` whose filing isn't done at a moment. For jobs and commands above."""
    done = Filing.objects.filter(what="secretary", filed__isnull=False).values("holding_id")
    rows = Holding.objects.filter(_held(at), within("post__path", path), post__kind__in=FILED_POSTS).exclude(pk__in=done)
    return list(rows.select_related("post__body").order_by("post__path", "pk"))
