"""Figures about bodies over many estates at once, as of any day: who may have a branch, who has one, how posts cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr

from linzhi.domains.bodies.models import Body, Holding, PostArea, ServiceArea
from linzhi.domains.bodies.rules import BOTH_HEADS, CROSSING, name_key
from linzhi.domains.people.metrics import members
from linzhi.domains.places.queries import Estate, in_force
from linzhi.foundation.territory import history
from linzhi.foundation.territory.paths import ESTATE_LENGTH, SEGMENT, estate_of, within
from linzhi.kernel.clock import BEIJING
from linzhi.policy.queries import pack_for, packs_inside
from linzhi.policy.resolve import resolve

COMMUNITY_LENGTH = ESTATE_LENGTH - SEGMENT
BRANCH_RULE = ("branch.min_formal_members", "branch.residence_months", "branch.counted_kinds")


@dataclass(frozen=True)
class BranchRule:
    """The jurisdiction's rule: so many full members of these kinds, living there for so many months (LD-03)."""

    least: int
    months: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class BranchVerdict:
    """What an estate may and must have on a day, and what it has.

    `counted` full members count by the rule, `members` are known in all. `due` is what the rule asks for: `branch`, `group` (fewer
    members, or the community's organisation is itself a branch: LD-08) or `instructor` (no members: LD-09). `has` is what there is.
    `why`: `enough`, `under_branch`, `too_few`, `nobody`.
    """

    estate_id: int
    path: str
    name: str
    counted: int
    members: int
    due: str
    why: str
    branches: int
    groups: int
    covered: bool

    @property
    def met(self) -> bool:
        """Whether what there is satisfies what is due; more than is due satisfies it too."""
        if self.due == "branch":
            return self.branches > 0
        return self.branches > 0 or self.groups > 0 or (self.due == "instructor" and self.covered)


def branch_rule(pack: str, on: date) -> BranchRule:
    """The rule of a pack on a day."""
    least, months, kinds = (resolve(key, on=on, pack=pack).value for key in BRANCH_RULE)
    return BranchRule(int(least), int(months), tuple(kinds))


def branch_verdicts(path: str, on: date) -> list[BranchVerdict]:
    """The verdict of every estate in force inside `path` on a day, in one statement for each rule that applies there (usually one)."""
    found: list[BranchVerdict] = []
    for rule, reach in reaches(path, on):
        rows = verdict_rows(rule, on).filter(in_force(on), reach).order_by("path")
        found += [BranchVerdict(*row) for row in rows.values_list(*BranchVerdict.__dataclass_fields__)]
    return sorted(found, key=lambda verdict: verdict.path)


def verdict_rows(rule: BranchRule, on: date) -> Any:
    """Every estate with its verdict under a rule on a day, as columns; by which rule is decided by whoever asks."""
    there = Body.objects.filter(in_force(on), path=OuterRef("path"))
    above = Body.objects.filter(in_force(on), kind="community_party", path=Substr(OuterRef("path"), 1, COMMUNITY_LENGTH))
    enough, under_branch = Q(counted__gte=rule.least), Q(above="branch")
    held = Holding.objects.filter(on_day(on), post_id=OuterRef("post_id"))
    guided = PostArea.objects.filter(Exists(held), on_day(on), path=OuterRef("path"), post__kind="party_instructor")
    helped = ServiceArea.objects.filter(in_force(on), path=OuterRef("path"), body__kind="resident_unit")
    return Estate.objects.annotate(
        estate_id=F("pk"),
        counted=members("path", on, months=rule.months, kinds=rule.kinds),
        members=members("path", on, full=False),
        above=Coalesce(Subquery(above.values("form")[:1]), Value("")),
        branches=_count(there.filter(kind="party_branch")),
        groups=_count(there.filter(kind="party_group")),
        covered=Exists(guided) | Exists(helped),
        why=Case(
            When(enough & under_branch, then=Value("under_branch")), When(enough, then=Value("enough")),
            When(members__gt=0, then=Value("too_few")), default=Value("nobody"), output_field=CharField(),
        ),
        due=Case(
            When(enough & ~under_branch, then=Value("branch")), When(members__gt=0, then=Value("group")),
            default=Value("instructor"), output_field=CharField(),
        ),
    )  # fmt: skip


def on_day(on: date) -> Q:
    """A filter for what is dated to the moment: in force at some time of the day."""
    begin = datetime.combine(on, time(), BEIJING)
    return Q(begin__lt=begin + timedelta(days=1)) & (Q(end__isnull=True) | Q(end__gt=begin))


def _count(rows: Any) -> Any:
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def reaches(path: str, on: date) -> Iterator[tuple[BranchRule, Q]]:
    """Each rule that applies inside `path`, with the places where it does: a nearer pack's rule takes its ground out of the wider one's."""
    roots = {path: branch_rule(pack_for(path), on)}
    for inner, pack in packs_inside(path).items():
        roots[inner] = branch_rule(pack, on)
    line = sorted(roots)
    differing = [root for root in line if root == path or roots[root] != roots[_above(root, line)]]
    for root in differing:
        nested = [other for other in differing if other != root and other.startswith(root)]
        reach = within("path", root)
        for other in nested:
            reach &= ~within("path", other)
        yield roots[root], reach


def _above(root: str, line: list[str]) -> str:
    return max((other for other in line if other != root and root.startswith(other)), key=len)


@dataclass(frozen=True)
class Crossing:
    """One person in posts of two sides of an estate at once (交叉任职). `both_heads`: branch secretary and committee chair (一肩挑).

    `sure` is false where only the name is the same: nobody may take that for a fact before somebody has looked.
    """

    estate: str
    name: str
    sides: tuple[str, ...]
    posts: tuple[str, ...]
    both_heads: bool
    sure: bool


def crossings(path: str, on: date) -> list[Crossing]:
    """Who holds posts on more than one side of an estate inside `path` on a day, from the posts themselves. LD-16, HA-08, HY-03."""
    side_of = {kind: side for side, kinds in CROSSING.items() for kind in kinds}
    then = history.path_on(path, on)  # where a post reached is kept by the paths of then
    areas = PostArea.objects.filter(on_day(on), within("path", then), post__kind__in=side_of).values_list("post_id", "path")
    moved = bool(history.moves_after(on))
    estates: dict[int, set[str]] = {}
    for post, area in areas:
        where = estate_of(area) or area
        estates.setdefault(post, set()).add(history.path_now(where, on) if moved else where)
    held: dict[tuple[str, str], list[Holding]] = {}
    for one in Holding.objects.filter(on_day(on), post_id__in=estates).select_related("post").order_by("pk"):
        for estate in estates[one.post_id]:
            for key in _keys(one):
                held.setdefault((estate, key), []).append(one)
    found: dict[tuple[str, tuple[int, ...]], Crossing] = {}
    for (estate, key), rows in sorted(held.items()):
        sides = tuple(sorted({side_of[row.post.kind] for row in rows}))
        if len(sides) < 2:
            continue
        kinds = {row.post.kind for row in rows}
        crossing = Crossing(estate, rows[0].name, sides, tuple(row.post.title for row in rows), kinds.issuperset(BOTH_HEADS), key[0] != "n")
        # The same rows may meet by account, by person and by name: what is surest stays ("a" < "n" < "p", and names come last).
        ids = tuple(sorted(row.pk for row in rows))
        if (estate, ids) not in found or not found[estate, ids].sure:
            found[estate, ids] = crossing
    return list(found.values())


def _keys(one: Holding) -> list[str]:
    keys = [f"n{name_key(one.name)}"]
    if one.account_id is not None:
        keys.append(f"a{one.account_id}")
    if one.person_id is not None:
        keys.append(f"p{one.person_id}")
    return keys
