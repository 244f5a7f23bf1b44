"""The party line by name: branches and members that count, secretaries, who helps, branches of firms. Nearly all of the closed room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.metrics import COMMUNITY_LENGTH, BranchRule, reaches, verdict_rows
from linzhi.domains.bodies.metrics.declared import (
    BODIES,
    PARTY,
    POSTS,
    TERMS,
    areas,
    bodies,
    held,
    holdings,
    in_force_of,
)
from linzhi.domains.bodies.models import Body, BodyLink, Holding, Post, ServiceArea, Term
from linzhi.domains.bodies.rules import CHIEFS, CROSSING, SERVES_ALONE, name_key
from linzhi.domains.people.metrics import last_day_to_settle
from linzhi.domains.people.metrics.declared import memberships
from linzhi.domains.places.metrics.grouping import Query, by_field, by_level, here
from linzhi.domains.places.queries import Estate, in_force
from linzhi.domains.places.queries.partition import parts_of_grids
from linzhi.foundation.territory.paths import ESTATE_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.policy.metrics import Rows, Scope, Subject, declare_subject, metric

MEMBERS = _("党员名册")
LEADERS = ("branch_secretary", "group_leader")


def _rules(scope: Scope) -> list[tuple[BranchRule, Q]]:
    found: list[tuple[BranchRule, Q]] = scope.once("branch rules", lambda: list(reaches(scope.path, scope.on)))
    return found


@metric("estate.members", title=_("党员"), unit=_("人"), formula=_("名册里在这个小区的党员，预备党员也算"), needs=MEMBERS, absent=0, room=PARTY)
def members(scope: Scope) -> Rows:
    """Members known in an estate (JS-02)."""
    return by_level("estate", memberships(scope))


@metric(
    "estate.members_counted", title=_("计入人数的正式党员"), unit=_("人"), needs=MEMBERS, absent=0, room=PARTY,
    formula=_("按本地规定的种类和居住月数计入的正式党员"),
)  # fmt: skip
def members_counted(scope: Scope) -> Rows:
    """Full members that count towards a branch by the rule of the place, by estate (LD-03)."""
    counted = Q(pk__in=())
    for rule, reach in _rules(scope):
        settled = Q(settled__lte=last_day_to_settle(scope.on, rule.months)) if rule.months else Q()
        counted |= reach & settled & Q(kind__in=rule.kinds)
    return by_level("estate", memberships(scope).filter(counted, standing="full", full_since__lte=scope.on))


@metric(
    "estate.party_due", title=_("应有的党组织"), kind="word", needs=MEMBERS, room=PARTY,
    formula=_("计入人数的正式党员够数的是支部（社区本身是支部的除外），有党员的是党小组，没有党员的是指导员或结对单位"),
)  # fmt: skip
def party_due(scope: Scope) -> Rows:
    """branch, group or instructor: what the rule of the place asks for, by estate (LD-03, LD-08, LD-09)."""
    due = [
        verdict_rows(rule, scope.on).filter(in_force(scope.on), reach).annotate(key=F("path"), value=F("due")).values("key", "value")
        for rule, reach in _rules(scope)
    ]
    return due[0] if len(due) == 1 else dict(pair for rows in due for pair in rows.values_list("key", "value"))


@metric(
    "estate.community_form", title=_("社区党组织的形式"), kind="word", formula=_("小区所在社区的党组织是党委、党总支还是党支部"),
    needs=_("社区党组织的形式"), room=PARTY,
)  # fmt: skip
def community_form(scope: Scope) -> Rows:
    """committee, general_branch or branch: what the community's own organisation is, by estate (LD-03, LD-08)."""
    above = Body.objects.filter(in_force(scope.on), kind="community_party", path=Substr(OuterRef("path"), 1, COMMUNITY_LENGTH))
    rows: Query = Estate.objects.filter(in_force(scope.on), here(scope))
    form = NullIf(Subquery(above.values("form")[:1], output_field=CharField()), Value(""))
    return rows.values(key=F("path"), value=form).values("key", "value")


@metric("estate.instructors", title=_("党建指导员"), unit=_("人"), formula=_("写明指导这个小区的在任党建指导员岗位数"), needs=POSTS, absent=0, room=PARTY)
def instructors(scope: Scope) -> Rows:
    """Instructors named for an estate (LD-09, JS-08, AQ-03)."""
    return areas(scope, "party_instructor", ESTATE_LENGTH)


@metric("estate.helping_units", title=_("结对单位"), unit=_("个"), formula=_("服务范围写到这个小区的驻区单位数"), needs=_("服务范围"), absent=0)
def helping_units(scope: Scope) -> Rows:
    """Resident units that serve an estate (LD-09, AQ-20)."""
    rows = ServiceArea.objects.filter(in_force(scope.on), here(scope), body__kind="resident_unit")
    return by_level("estate", rows.filter(in_force_of("body", scope)), Count("body", distinct=True))


@metric(
    "estate.branches_entered", title=_("录入全国系统的党支部"), unit=_("个"), needs=BODIES, absent=0, room=PARTY,
    formula=_("登记了录入全国党员管理信息系统日期的党支部"),
)  # fmt: skip
def branches_entered(scope: Scope) -> Rows:
    """Branches that a clerk entered in the national system, by estate (LD-07)."""
    return by_level("estate", bodies(scope).filter(kind="party_branch", entered_nationally__lte=scope.on))


@metric(
    "estate.branches_unapproved", title=_("没有登记批复的党支部"), unit=_("个"), formula=_("在册党支部中没有登记批复文号的"), needs=BODIES, absent=0,
    room=PARTY,
)  # fmt: skip
def branches_unapproved(scope: Scope) -> Rows:
    """Branches without the number of their approval, by estate (LD-02)."""
    return by_level("estate", bodies(scope).filter(kind="party_branch", number=""))


@metric("estate.party_since", title=_("建立党组织的日期"), kind="date", formula=_("在册党支部、党小组中最早的成立日"), needs=BODIES, absent=0, room=PARTY)
def party_since(scope: Scope) -> Rows:
    """The day from which an estate has had a branch or a group (LD-21)."""
    return by_level("estate", bodies(scope).filter(kind__in=("party_branch", "party_group")), Min("begin"))


@metric("estate.branch_in_term", title=_("党支部在任期内"), kind="flag", formula=_("党支部本届的最后一天还没有过"), needs=TERMS, room=PARTY)
def branch_in_term(scope: Scope) -> Rows:
    """Whether the branch's term is running, by estate (LD-29)."""
    rows = Term.objects.filter(here(scope), in_force_of("body", scope), body__kind="party_branch")
    rows = rows.filter(Q(closed__isnull=True) | Q(closed__gt=scope.on), begin__lte=scope.on)
    return by_level("estate", rows, Min(Case(When(end__gt=scope.on, then=Value(1)), default=Value(0))))


# Secretaries.
@metric("estate.secretaries", title=_("在任的支部书记"), unit=_("人"), formula=_("小区党支部在任的书记"), needs=POSTS, absent=0, room=PARTY)
def secretaries(scope: Scope) -> Rows:
    """Branch secretaries in office, by estate."""
    return by_level("estate", holdings(scope, "branch_secretary"), field="post__path")


@metric("estate.first_secretaries", title=_("第一书记"), unit=_("人"), formula=_("小区党支部在任的第一书记"), needs=POSTS, absent=0, room=PARTY)
def first_secretaries(scope: Scope) -> Rows:
    """First secretaries in office, by estate (HA-13)."""
    return by_level("estate", holdings(scope, "first_secretary"), field="post__path")


@metric("estate.associates", title=_("兼职委员"), unit=_("人"), formula=_("小区党支部在任的兼职委员"), needs=POSTS, absent=0, room=PARTY)
def associates(scope: Scope) -> Rows:
    """Part-time members of the branch committee, by estate (JS-09, LD-16)."""
    return by_level("estate", holdings(scope, "branch_associate"), field="post__path")


@metric("estate.secretary_source", title=_("书记人选来源"), kind="word", formula=_("在任支部书记登记的人选来源"), needs=_("书记的人选来源"), room=PARTY)
def secretary_source(scope: Scope) -> Rows:
    """Where the secretary comes from, by estate (JS-07, LD-23, HA-06, AQ-09)."""
    return by_level("estate", holdings(scope, "branch_secretary").exclude(source=""), Max("source"), "post__path")


def _also(kinds: tuple[str, ...], place: Any) -> Exists:
    same = Q(account_id=OuterRef("account_id")) | Q(person_id=OuterRef("person_id"))
    other = Holding.objects.filter(same, post__kind__in=kinds, post__path=place)
    return Exists(other.filter(begin__lte=OuterRef("now")).filter(Q(end__isnull=True) | Q(end__gt=OuterRef("now"))))


def _secretaries_who_are(scope: Scope, kinds: tuple[str, ...], place: Any) -> Query:
    rows = holdings(scope, "branch_secretary").annotate(now=Value(scope.at)).annotate(also=_also(kinds, place))
    return by_level("estate", rows, Count("pk", filter=Q(also=True)), "post__path")


@metric(
    "estate.both_heads", title=_("“一肩挑”"), unit=_("人"), formula=_("同一个账号或同一份登记既是支部书记又是业委会主任的人数"), needs=POSTS,
    absent=0, room=PARTY,
)  # fmt: skip
def both_heads(scope: Scope) -> Rows:
    """Who is branch secretary and committee chair at once, by estate (HY-03, AQ-11). Equal names alone don't count."""
    return _secretaries_who_are(scope, ("committee_chair",), OuterRef("post__path"))


@metric(
    "estate.chief_secretaries", title=_("由社区主要负责人兼任的书记"), unit=_("人"), needs=POSTS, absent=0, room=PARTY,
    formula=_("同一个账号或同一份登记既是小区支部书记又是社区书记、主任的人数"),
)  # fmt: skip
def chief_secretaries(scope: Scope) -> Rows:
    """Branch secretaries who are also the community's chief, by estate (JS-07)."""
    return _secretaries_who_are(scope, CHIEFS, Substr(OuterRef("post__path"), 1, COMMUNITY_LENGTH))


@metric(
    "estate.secretary_vacant_days", title=_("支部书记空缺天数"), unit=_("天"), needs=POSTS, absent=0, room=PARTY,
    formula=_("支部书记岗位从上一任离任（没有上一任的从设岗）到今天的天数；有人在任的算 0"),
)  # fmt: skip
def secretary_vacant_days(scope: Scope) -> Rows:
    """Days for which a branch has had no secretary, by estate (HA-60)."""
    posts = Post.objects.filter(held(scope), here(scope), kind="branch_secretary")
    manned = Holding.objects.filter(held(scope)).values("post_id")
    last = Max("holdings__end", filter=Q(holdings__end__lte=scope.at))
    rows = posts.exclude(pk__in=manned).annotate(empty=Coalesce(last, F("begin"))).values_list("path", "empty")
    found: dict[Any, Any] = {}
    for path, since in rows:
        days = (scope.on - day_of(since)) // timedelta(days=1)
        found[path[:ESTATE_LENGTH]] = max(days, found.get(path[:ESTATE_LENGTH], 0))
    return found


@metric(
    "estate.community_on_committee", title=_("兼任业委会成员的社区“两委”成员"), unit=_("人"), needs=POSTS, absent=0, room=PARTY,
    formula=_("同一个账号或同一份登记既是业委会成员又在社区“两委”任职的人数"),
)  # fmt: skip
def community_on_committee(scope: Scope) -> Rows:
    """Members of the owners' committee who also sit in the community's two committees, by estate (CM-43)."""
    rows = holdings(scope, "committee_chair", "committee_deputy", "committee_member").annotate(now=Value(scope.at))
    rows = rows.annotate(also=_also(CROSSING["community"], Substr(OuterRef("post__path"), 1, COMMUNITY_LENGTH)))
    return by_level("estate", rows, Count("pk", filter=Q(also=True)), "post__path")


@metric("estate.secretaries_reachable", title=_("留了公开电话的书记"), unit=_("人"), formula=_("在任支部书记中岗位或组织写了公开电话的"),
        needs=POSTS, absent=0, room=PARTY)  # fmt: skip
def secretaries_reachable(scope: Scope) -> Rows:
    """Branch secretaries in office with a public phone, by estate (JS-46)."""
    rows = holdings(scope, "branch_secretary").exclude(post__phone="", post__body__phone="")
    return by_level("estate", rows, field="post__path")


# Grids.
def _orgs(scope: Scope) -> Query:
    return bodies(scope).filter(kind__in=("party_branch", "party_group"))


def _grid_of() -> Coalesce:
    return Coalesce("grid_id", "stands_in", output_field=BigIntegerField())


@metric(
    "grid.party_orgs", title=_("网格党组织"), unit=_("个"), needs=BODIES, absent=0, room=PARTY,
    formula=_("为这个网格设的党小组，和所在小区整个属于这个网格的党支部、党小组"),
)  # fmt: skip
def grid_party_orgs(scope: Scope) -> Rows:
    """Party organisations, by grid (CM-05): those set up for it, and those of an estate that lies in it as a whole."""
    rows = _orgs(scope).annotate(stands_in=_standing_in(scope)).annotate(ours=_grid_of()).filter(ours__isnull=False)
    return by_field("ours", rows)


def _standing_in(scope: Scope) -> Subquery:
    return Subquery(parts_of_grids(scope.on).filter(path=OuterRef("path")).values("grid_id")[:1])


@metric(
    "estate.grid_party_orgs", title=_("覆盖到小区的网格党组织"), unit=_("个"), needs=BODIES, absent=0, room=PARTY,
    formula=_("为网格设的党组织中，网格范围有这个小区的"),
)  # fmt: skip
def estate_grid_party_orgs(scope: Scope) -> Rows:
    """Party organisations of grids that have ground of an estate, by estate (LD-06)."""
    of_grids = Body.objects.filter(in_force(scope.on), kind__in=("party_branch", "party_group"), grid_id__isnull=False).values("grid_id")
    rows = parts_of_grids(scope.on).filter(here(scope), grid_id__in=of_grids)
    return by_level("estate", rows, Count("grid", distinct=True))


@metric(
    "grid.head_leads", title=_("网格长由网格党组织负责人兼任"), kind="flag", needs=_("网格长和网格党组织负责人的账号或登记"), room=PARTY,
    formula=_("网格长和网格党组织的书记、组长是同一个账号或同一份登记；只有姓名相同的说不准"),
)  # fmt: skip
def head_leads(scope: Scope) -> Rows:
    """Whether a grid's head also leads its party organisation (CM-06); None where only the names are equal, or one of both is missing."""
    orgs = _orgs(scope).annotate(stands_in=_standing_in(scope)).annotate(ours=_grid_of()).filter(ours__isnull=False)
    grid_of = dict(orgs.values_list("pk", "ours"))
    leaders: dict[int, list[Any]] = {}
    columns = ("account_id", "person_id", "name")
    for body, *who in holdings(scope, *LEADERS).values_list("post__body_id", *columns):
        if body in grid_of:
            leaders.setdefault(grid_of[body], []).append(who)
    found: dict[Any, Any] = {}
    for grid, *who in holdings(scope, "grid_head").filter(post__grid_id__isnull=False).values_list("post__grid_id", *columns):
        if grid in leaders:
            found[grid] = _surest([found.get(grid, 0), *(_same(who, other) for other in leaders[grid])])
    return found


def _same(one: list[Any], other: list[Any]) -> int | None:
    if any(a is not None and a == b for a, b in zip(one[:2], other[:2], strict=True)):
        return 1
    return None if name_key(one[2]) == name_key(other[2]) else 0


def _surest(said: list[int | None]) -> int | None:
    return 1 if 1 in said else None if None in said else 0


# Firms, by their own rows: their reach is their service areas.
def _firms(scope: Scope) -> QuerySet[Any, Any]:
    rows = bodies(scope).filter(kind__in=SERVES_ALONE)
    return rows.values(key=F("pk"), ref=F("pk"), code=Value("", CharField())).values("key", "ref", "path", "name", "code")


declare_subject(Subject("firm", _("物业服务企业"), _firms))


@metric("firm.members", title=_("申报的党员数"), unit=_("人"), formula=_("企业自己申报的党员人数，只有数字"), needs=_("企业申报的党员数"), room=PARTY)
def firm_members(scope: Scope) -> Rows:
    """How many members a firm declared (CM-36, HA-17)."""
    return bodies(scope).filter(kind__in=SERVES_ALONE).values(key=F("pk"), value=F("members")).values("key", "value")


def _links(scope: Scope) -> Query:
    return BodyLink.objects.filter(in_force(scope.on), kind="of_firm").filter(in_force_of("body", scope))


@metric("firm.branches", title=_("企业党支部"), unit=_("个"), formula=_("写明属于这家企业的在册物业党支部"), needs=BODIES, absent=0, room=PARTY)
def firm_branches(scope: Scope) -> Rows:
    """Branches of a firm (CM-36, HA-17)."""
    return by_field("other_id", _links(scope), Count("body", distinct=True))


def _linked(kind: str) -> Any:
    def read(scope: Scope) -> Rows:
        having = BodyLink.objects.filter(in_force(scope.on), kind=kind).values("body_id")
        return by_field("other_id", _links(scope).filter(body_id__in=having), Count("body", distinct=True))

    return read


metric("firm.branches_guided", title=_("有行业党组织指导的企业党支部"), unit=_("个"), needs=BODIES, absent=0, room=PARTY,
       formula=_("企业党支部中写明由行业党组织指导的"))(_linked("guides"))  # fmt: skip
metric("firm.branches_led_twice", title=_("双重领导的企业党支部"), unit=_("个"), needs=BODIES, absent=0, room=PARTY,
       formula=_("企业党支部中写明另有一个领导组织的"))(_linked("leads"))  # fmt: skip


@metric("firm.branch_secretaries", title=_("在任的企业支部书记"), unit=_("人"), formula=_("企业党支部在任的书记"), needs=POSTS, absent=0, room=PARTY)
def firm_branch_secretaries(scope: Scope) -> Rows:
    """Secretaries in office of a firm's branches (HA-20)."""
    manned = Holding.objects.filter(held(scope), post__kind="firm_branch_secretary").values("post__body_id")
    return by_field("other_id", _links(scope).filter(body_id__in=manned), Count("body", distinct=True))
