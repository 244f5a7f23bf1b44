"""How many bodies of each kind there are, from the estate to the county, and who holds posts; what is of the closed room says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear, Length
from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.models import Body, CandidateReview, Holding, Post, PostArea, ServiceArea, Term
from linzhi.domains.bodies.rules import BODY_KINDS, SERVES_ALONE
from linzhi.domains.places.metrics.grouping import DIVISIONS, EVERY, Query, by_field, by_level, counts, here, tally
from linzhi.domains.places.queries import in_force
from linzhi.foundation.territory import history
from linzhi.foundation.territory.paths import ESTATE_LENGTH, SEGMENT, within
from linzhi.policy.metrics import Rows, Scope, metric

BODIES, POSTS, TERMS, PARTY = _("组织台账"), _("岗位台账"), _("届期登记"), "party"
COMMITTEES = ("owners_committee", "management_committee")
WORKERS = (
    "community_party_secretary", "community_party_member", "community_party_affairs", "community_chief", "community_member",
    "community_worker", "grid_head", "grid_worker",
)  # fmt: skip
"""Who counts as a community worker (CM-16), unless entered as part-time."""


def bodies(scope: Scope) -> Query:
    """The bodies in force on the day that sit inside the place."""
    return Body.objects.filter(in_force(scope.on), here(scope))


def held(scope: Scope) -> Q:
    """A filter for what is dated to the moment: in force at the last moment that is known."""
    return Q(begin__lte=scope.at) & (Q(end__isnull=True) | Q(end__gt=scope.at))


def holdings(scope: Scope, *kinds: str) -> Query:
    """Who holds posts of some kinds in bodies that sit inside the place."""
    return Holding.objects.filter(held(scope), here(scope, "post__path"), post__kind__in=kinds)


def there(*kinds: str) -> Callable[[Scope, str], Rows]:
    """A figure: how many bodies of some kinds sit in a place."""
    return lambda scope, level: by_level(level, bodies(scope).filter(kind__in=kinds))


# Name, kinds, levels, whether it is of the closed room.
KINDS: Sequence[tuple[str, tuple[str, ...], tuple[str, ...], str]] = (
    ("owners_assemblies", ("owners_assembly",), EVERY, ""),
    ("owners_committees", ("owners_committee",), EVERY, ""),
    ("management_committees", ("management_committee",), EVERY, ""),
    ("supervision_committees", ("supervision_committee",), EVERY, ""),
    ("residents_committees", ("residents_committee",), DIVISIONS, ""),
    ("volunteer_teams", ("volunteer_team",), EVERY, ""),
    ("social_organisations", ("social_organisation",), EVERY, ""),
    ("resident_units", ("resident_unit",), EVERY, ""),
    ("mass_organisations", ("mass_organisation",), EVERY, ""),
    ("industry_associations", ("industry_association",), ("county",), ""),
    ("street_party_bodies", ("street_party",), ("street", "county"), PARTY),
    ("community_party_bodies", ("community_party",), DIVISIONS, PARTY),
    ("branches", ("party_branch",), EVERY, PARTY),
    ("groups", ("party_group",), EVERY, PARTY),
    ("building_groups", ("building_party_group",), EVERY, PARTY),
    ("party_households", ("party_household",), EVERY, PARTY),
    ("firm_branches", ("firm_party_branch",), DIVISIONS, PARTY),
)
for _name, _kinds, _levels, _room in KINDS:
    counts(_name, there(*_kinds), levels=_levels, title=BODY_KINDS[_kinds[0]].title, unit=_("个"), formula=_("组织台账里在册的个数"),
           needs=BODIES, room=_room)  # fmt: skip
counts("committees", there(*COMMITTEES), title=_("业委会或物管会"), unit=_("个"), formula=_("在册的业主委员会和物业管理委员会"), needs=BODIES)
counts("party_orgs", there("party_branch", "party_group"), title=_("小区党支部和党小组"), unit=_("个"), formula=_("在册的党支部和党小组"),
       needs=BODIES, room=PARTY)  # fmt: skip


def _estates_with(*kinds: str) -> Callable[[Scope, str], Rows]:
    def read(scope: Scope, level: str) -> Rows:
        rows = bodies(scope).annotate(size=Length("path")).filter(kind__in=kinds, size=ESTATE_LENGTH)
        return by_level(level, rows, Count("path", distinct=True))

    return read


counts("estates_governed", _estates_with(*COMMITTEES), levels=DIVISIONS, title=_("有业委会或物管会的小区"), unit=_("个"),
       formula=_("有在册的业主委员会或物业管理委员会的小区数"), needs=BODIES)  # fmt: skip
counts("estates_with_branch", _estates_with("party_branch"), levels=DIVISIONS, title=_("有党支部的小区"), unit=_("个"),
       formula=_("有在册党支部的小区数"), needs=BODIES, room=PARTY)  # fmt: skip
counts("estates_with_party", _estates_with("party_branch", "party_group"), levels=DIVISIONS, title=_("有党组织的小区"), unit=_("个"),
       formula=_("有在册党支部或党小组的小区数"), needs=BODIES, room=PARTY)  # fmt: skip


def _serving(scope: Scope, level: str) -> Rows:
    rows = ServiceArea.objects.filter(in_force(scope.on), here(scope), body__kind__in=SERVES_ALONE)
    return by_level(level, rows.filter(in_force_of("body", scope)), Count("body", distinct=True))


def in_force_of(field: str, scope: Scope) -> Q:
    """A filter for rows whose body is in force on the day."""
    begun = Q(**{f"{field}__begin__lte": scope.on})
    return begun & (Q(**{f"{field}__end__isnull": True}) | Q(**{f"{field}__end__gt": scope.on}))


counts("firms", _serving, title=_("物业服务企业"), unit=_("家"), formula=_("服务范围在这里的物业企业和职业经理人团队数"), needs=_("服务范围"))

@metric("estate.manager_teams", title=_("职业经理人团队"), unit=_("个"), formula=_("服务范围写到这个小区的职业经理人团队"), needs=_("服务范围"), absent=0)
def manager_teams(scope: Scope) -> Rows:
    """Teams of professional managers that serve an estate (HY-10)."""
    rows = ServiceArea.objects.filter(in_force(scope.on), here(scope), in_force_of("body", scope), body__kind="manager_team")
    return by_level("estate", rows, Count("body", distinct=True))


@metric("estate.inspectors", title=_("业主监督员"), unit=_("人"), formula=_("在任的业主监督员"), needs=POSTS, absent=0)
def inspectors(scope: Scope) -> Rows:
    """Owners who inspect the manager's work, by estate (HY-13)."""
    return by_level("estate", holdings(scope, "owners_inspector"), field="post__path")


@metric("estate.candidates_unreviewed", title=_("等着把关的人选"), unit=_("人"), formula=_("报了名、还没有写明把关结果的业委会人选"), needs=_("人选登记"), absent=0)
def candidates_unreviewed(scope: Scope) -> Rows:
    """Candidates for the owners' committee whose review isn't done, by estate (CM-39, JS-35, LD-25, AQ-24)."""
    rows = CandidateReview.objects.filter(here(scope), stood__lte=scope.at)
    waiting = Q(reviewed__isnull=True) | Q(reviewed__gt=scope.at)
    return by_level("estate", rows.filter(waiting).exclude(settled__lte=scope.at))


# Posts.
WHO = Coalesce("account_id", Value(0, BigIntegerField()) - F("person_id"), Value(-(10**12), BigIntegerField()) - F("pk"))
"""One number for one person: account, else the record, else the holding itself."""


def _people(*kinds: str, part_time: bool = True) -> Callable[[Scope, str], Rows]:
    def read(scope: Scope, level: str) -> Rows:
        rows = holdings(scope, *kinds)
        rows = rows if part_time else rows.exclude(full_time=False)
        return by_level(level, rows, Count(WHO, distinct=True, output_field=BigIntegerField()), "post__path")

    return read


counts("workers", _people(*WORKERS, part_time=False), levels=DIVISIONS, title=_("社区工作者"), unit=_("人"), needs=POSTS,
       formula=_("社区党组织成员、居委会成员、社区和网格岗位上的人，一人几岗算一人，登记为兼职的不算"))  # fmt: skip
counts("grid_workers", _people("grid_worker"), levels=DIVISIONS, title=_("网格员"), unit=_("人"), formula=_("在任的网格员，一人几岗算一人"),
       needs=POSTS)  # fmt: skip
counts("grid_heads", _people("grid_head"), levels=DIVISIONS, title=_("网格长"), unit=_("人"), formula=_("在任的网格长，一人几岗算一人"),
       needs=POSTS)  # fmt: skip
counts("building_heads", _people("building_head"), levels=DIVISIONS, title=_("楼栋长"), unit=_("人"), formula=_("在任的楼栋长，一人几岗算一人"),
       needs=POSTS)  # fmt: skip
counts("instructors", _people("party_instructor"), levels=DIVISIONS, title=_("党建指导员"), unit=_("人"), needs=POSTS, room=PARTY,
       formula=_("社区和街道党组织里在任的党建指导员"))  # fmt: skip
counts("vacant_posts", lambda scope, level: by_level(level, _vacant(scope)), title=_("空缺岗位"), unit=_("个"),
       formula=_("在册岗位中没有人任职的"), needs=POSTS)  # fmt: skip
counts("posts", lambda scope, level: by_level(level, _posts(scope)), title=_("岗位"), unit=_("个"), formula=_("在册的岗位数"), needs=POSTS)


def _posts(scope: Scope) -> Query:
    return Post.objects.filter(held(scope), here(scope))


def _vacant(scope: Scope) -> Query:
    return _posts(scope).exclude(pk__in=Holding.objects.filter(held(scope)).values("post_id"))


def areas(scope: Scope, kind: str, length: int, value: Any = None) -> Rows:
    """What posts of a kind that somebody holds reach, of places whose path has this length, by estate.

    Where a post reached is kept by the paths of then, so a day before a move is counted by us.
    """
    manned = Holding.objects.filter(held(scope)).values("post_id")
    rows = PostArea.objects.filter(held(scope), post__kind=kind, post_id__in=manned).annotate(size=Length("path")).filter(size=length)
    if not history.moves_after(scope.on):
        return by_level("estate", rows.filter(within("path", scope.path)), value)
    rows = rows.filter(within("path", history.path_on(scope.path, scope.on)))
    column = "post_id" if value is None else "path"
    return tally((history.path_now(path, scope.on) for path, _one in set(rows.values_list("path", column))), "estate")


@metric("estate.buildings_with_head", title=_("有楼栋长的楼栋"), unit=_("幢"), formula=_("写明由在任楼栋长负责的楼栋数"), needs=POSTS, absent=0)
def buildings_with_head(scope: Scope) -> Rows:
    """Buildings for which a building head is named, by estate (HY-04)."""
    return areas(scope, "building_head", ESTATE_LENGTH + SEGMENT, Count("path", distinct=True))


# Terms and seats of the committees.
def _terms(scope: Scope) -> Query:
    rows = Term.objects.filter(here(scope), body__kind__in=COMMITTEES, begin__lte=scope.on)
    return rows.filter(in_force_of("body", scope)).filter(Q(closed__isnull=True) | Q(closed__gt=scope.on))


def _seats(odd: bool) -> Any:
    def read(scope: Scope) -> Rows:
        rows = _terms(scope).filter(body__kind="owners_committee", seats__isnull=False)
        value = Case(When(seats__in=range(1, 100, 2), then=Value(1)), default=Value(0)) if odd else F("seats")
        return rows.values(key=F("path"), value=value).values("key", "value")

    return read


SEATS = _("业委会本届的人数")
metric("estate.committee_seats", title=_("业委会人数"), unit=_("人"), formula=_("本届业主委员会的名额"), needs=SEATS)(_seats(odd=False))
metric("estate.committee_seats_odd", title=_("业委会人数是单数"), kind="flag", formula=_("本届业主委员会的名额是单数"), needs=SEATS)(_seats(odd=True))


@metric("estate.committee_term_end", title=_("本届届满日"), kind="date", formula=_("业委会或物管会本届届期的最后一天"), needs=TERMS)
def committee_term_end(scope: Scope) -> Rows:
    """The last day of the committee's term, by estate."""
    return _terms(scope).values(key=F("path"), value=F("end")).values("key", "value")


@metric("estate.committee_in_term", title=_("业委会在届期内"), kind="flag", formula=_("业委会或物管会本届的最后一天还没有过"), needs=TERMS)
def committee_in_term(scope: Scope) -> Rows:
    """Whether the committee's term is running, by estate (JS-13, LD-25)."""
    running = Case(When(end__gt=scope.on, then=Value(1)), default=Value(0))
    return _terms(scope).values(key=F("path"), value=running).values("key", "value")


@metric("estate.committee_term_years", title=_("业委会本届年数"), unit=_("年"), formula=_("本届从开始到届满，不足一年的算一年"), needs=TERMS)
def committee_term_years(scope: Scope) -> Rows:
    """How many years the term of the owners' committee lasts, begun ones counted, by estate."""
    later = Q(_then__gt=F("_first"))
    rows = _terms(scope).filter(body__kind="owners_committee").annotate(
        _first=ExtractMonth("begin") * 100 + ExtractDay("begin"), _then=ExtractMonth("end") * 100 + ExtractDay("end"),
        years=ExtractYear("end") - ExtractYear("begin"),
    )  # fmt: skip
    years = F("years") + Case(When(later, then=Value(1)), default=Value(0))
    return rows.values(key=F("path"), value=years).values("key", "value")


@metric(
    "estate.committee_unfiled_days", title=_("业委会选出后没备案的天数"), unit=_("天"), absent=0, needs=TERMS,
    formula=_("本届业主委员会从届期开始到今天还没有备案的天数；备了案的算 0"),
)  # fmt: skip
def committee_unfiled_days(scope: Scope) -> Rows:
    """Days since an owners' committee was elected without being filed, by estate."""
    rows = _terms(scope).filter(body__kind="owners_committee")
    waiting = rows.exclude(filing__filed__lte=scope.on).values_list("path", "begin")
    return {path: (scope.on - begin).days for path, begin in waiting}


# Grids and who works in them.
def _grid_posts(scope: Scope, kind: str) -> Query:
    return holdings(scope, kind).filter(post__grid_id__isnull=False)


@metric("grid.heads", title=_("网格长"), unit=_("人"), formula=_("这个网格在任的网格长"), needs=POSTS, absent=0)
def grid_heads(scope: Scope) -> Rows:
    """Heads in office, by grid (CM-06)."""
    return by_field("post__grid_id", _grid_posts(scope, "grid_head"))


@metric("grid.workers", title=_("网格员"), unit=_("人"), formula=_("这个网格在任的网格员"), needs=POSTS, absent=0)
def grid_workers(scope: Scope) -> Rows:
    """Workers in office, by grid (CM-07)."""
    return by_field("post__grid_id", _grid_posts(scope, "grid_worker"))


UNSAID, FULL = Count("pk", filter=Q(full_time__isnull=True)), Count("pk", filter=Q(full_time=True))
FULL_TIME = _("网格员是专职还是兼职")


@metric(
    "grid.fulltime_workers", title=_("专职网格员"), unit=_("人"), absent=0, needs=FULL_TIME,
    formula=_("在任网格员中登记为专职的；有人没登记专职兼职就说不准"),
)  # fmt: skip
def fulltime_workers(scope: Scope) -> Rows:
    """Full-time workers, by grid (CM-07, HA-36)."""
    told = Case(When(unsaid=0, then=F("full")))
    return by_field("post__grid_id", _grid_posts(scope, "grid_worker"), told, unsaid=UNSAID, full=FULL)


@metric("grid.head_fulltime", title=_("网格长专职"), kind="flag", formula=_("在任网格长中有登记为专职的"), needs=_("网格长是专职还是兼职"))
def head_fulltime(scope: Scope) -> Rows:
    """Whether a head is full-time, by grid (HA-36)."""
    told = Case(When(full__gt=0, then=Value(1)), When(unsaid=0, then=Value(0)))
    return by_field("post__grid_id", _grid_posts(scope, "grid_head"), told, unsaid=UNSAID, full=FULL)
