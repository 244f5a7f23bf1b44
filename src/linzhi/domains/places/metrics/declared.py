"""What can be asked of the ground by name: the kinds of subjects, and figures of estates, grids and divisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, F, Max, Q, Value, When
from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.metrics import Complete, completeness, households_by_grid
from linzhi.domains.places.metrics.facts import fact, number, rows_of, total
from linzhi.domains.places.metrics.grouping import DIVISIONS, Query, by_field, by_level, counts, here
from linzhi.domains.places.models import Estate, Grid, Occupancy
from linzhi.domains.places.queries.dated import in_force
from linzhi.domains.places.queries.profile import needed_fields, verify_days
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import BEIJING
from linzhi.policy.metrics import Rows, Scope, Subject, declare_subject, metric
from linzhi.policy.queries import packs_inside

PROFILE, LEDGER, GRIDS, ROOMS = _("小区底数"), _("楼栋台账"), _("网格台账"), _("房屋台账")
LIVED_IN = {"kind": ("home",), "use": ("residential",)}
SERVED = ("company", "self", "community_trust")
THREE_WITHOUT = ("no_property", "no_committee", "no_gate")
"""What makes an estate 三无, by its entered conditions."""


def _estates(scope: Scope) -> Query:
    rows = Estate.objects.filter(in_force(scope.on), here(scope))
    return rows.annotate(key=F("path"), ref=F("pk")).values("key", "ref", "path", "name", "code")


def _grids(scope: Scope) -> Query:
    rows = Grid.objects.filter(in_force(scope.on), here(scope))
    return rows.annotate(key=F("pk"), ref=F("pk")).values("key", "ref", "path", "name", "code")


def _divisions(level: str) -> Any:
    def rows(scope: Scope) -> Query:
        found = Territory.objects.filter(in_force(scope.on), here(scope), level=level)
        return found.annotate(key=F("path"), ref=F("pk")).values("key", "ref", "path", "name", "code")

    return rows


declare_subject(Subject("estate", _("小区"), _estates, "places:estate"))
declare_subject(Subject("grid", _("网格"), _grids))
declare_subject(Subject("community", _("社区"), _divisions("community")))
declare_subject(Subject("street", _("街道"), _divisions("street")))
declare_subject(Subject("county", _("县（市、区）"), _divisions("county")))


# What an estate is, by its own facts.
metric("estate.kind", title=_("小区类型"), kind="word", formula=_("小区底数登记的类型"), needs=_("小区类型"))(fact("kind"))
metric("estate.property", title=_("物业安排"), kind="word", formula=_("小区底数登记的物业安排"), needs=_("物业安排"))(
    fact("property_arrangement")
)
metric("estate.declared_homes", title=_("申报户数"), unit=_("户"), formula=_("小区底数里填报的户数"), needs=_("申报的户数"))(fact("households"))
metric("estate.declared_residents", title=_("申报居民数"), unit=_("人"), formula=_("小区底数里填报的登记居民数"), needs=_("申报的居民数"))(
    fact("residents")
)


@metric(
    "estate.three_without", title=_("“三无”小区"), kind="flag", needs=_("小区状况"),
    formula=_("小区状况里同时登记了没有物业服务、没有自治组织、没有围墙门卫"),
)  # fmt: skip
def three_without(scope: Scope) -> Rows:
    """Whether an estate has neither firm nor self-government nor gate (LD-06); None where nobody has looked."""
    flags = _read(fact("conditions")(scope))
    return {path: None if known is None else int(set(THREE_WITHOUT) <= set(known)) for path, known in flags.items()}


@metric(
    "estate.facts_missing", title=_("没填的资料"), unit=_("项"), formula=_("这个小区应填的资料项数减去已填的"), needs=PROFILE, absent=0
)
def facts_missing(scope: Scope) -> Rows:
    """Facts of the profile that aren't filled, by estate (JS-01)."""
    if _differs(scope):
        return {path: one.needed - one.filled for path, one in _complete(scope).items()}
    needed = needed_fields(scope.path, scope.on)
    running = Q(profile_fields__end__isnull=True) | Q(profile_fields__end__gt=scope.on)
    filled = Count("profile_fields", filter=running & Q(profile_fields__begin__lte=scope.on, profile_fields__field__in=needed))
    return by_field("path", rows_of("estate", scope), len(needed) - filled)


def _differs(scope: Scope) -> bool:
    """Whether another pack begins somewhere inside, so that one rule doesn't do for all."""
    return bool(scope.once("packs inside", lambda: packs_inside(scope.path)))


def _complete(scope: Scope) -> dict[str, Complete]:
    found: dict[str, Complete] = scope.once("completeness", lambda: completeness(scope.path, scope.on))
    return found


@metric("estate.verify_due", title=_("该复核了"), kind="flag", formula=_("上次复核已超过复核间隔，或从未复核"), needs=PROFILE)
def verify_due(scope: Scope) -> Rows:
    """Whether the profile is due to be verified, by estate (LD-20)."""
    if _differs(scope):
        return {path: int(one.due) for path, one in _complete(scope).items()}
    days = verify_days(scope.path, scope.on)
    midnight = datetime.combine(scope.on, time(), BEIJING)
    last = Max("verifications__at", filter=Q(verifications__at__lt=midnight + timedelta(days=1)))
    fresh = Q(last__gte=midnight - timedelta(days=days - 1)) if days else Q(last__isnull=False)
    return by_field("path", rows_of("estate", scope), Case(When(fresh, then=Value(0)), default=Value(1)), last=last)


# What the ledgers count, from the estate to the county.
counts("estates", lambda scope, level: number(scope, level, "estate", {}), levels=DIVISIONS, title=_("小区"), unit=_("个"),
       formula=_("在册的小区数"), needs=PROFILE)  # fmt: skip
counts("old_estates", lambda scope, level: number(scope, level, "estate", {"kind": ("old",)}), levels=DIVISIONS, title=_("老旧小区"),
       unit=_("个"), formula=_("登记为老旧小区的小区数"), needs=_("小区类型"))  # fmt: skip
counts("old_estates_served", lambda scope, level: number(scope, level, "estate", {"kind": ("old",), "property_arrangement": SERVED}),
       levels=DIVISIONS, title=_("有物业服务的老旧小区"), unit=_("个"), formula=_("老旧小区中有物业企业、业主自管或社区托管的"),
       needs=_("小区类型和物业安排"))  # fmt: skip
counts("estates_served", lambda scope, level: number(scope, level, "estate", {"property_arrangement": SERVED}), levels=DIVISIONS,
       title=_("有物业服务的小区"), unit=_("个"), formula=_("有物业企业、业主自管或社区托管的小区数"), needs=_("物业安排"))  # fmt: skip
counts("population", lambda scope, level: total(scope, level, "estate", "population", {}), title=_("常住人口"), unit=_("人"), absent=None,
       formula=_("各小区填报的常住人口之和，有一个小区没填就说不准"), needs=_("小区的常住人口"))  # fmt: skip
counts("buildings", lambda scope, level: number(scope, level, "building", {}), title=_("楼栋"), unit=_("幢"), formula=_("在册的楼栋数"),
       needs=LEDGER)  # fmt: skip
counts("dwelling_buildings", lambda scope, level: number(scope, level, "building", {"kind": ("residential", "mixed")}), title=_("住人的楼栋"),
       unit=_("幢"), formula=_("在册的住宅楼和商住楼"), needs=LEDGER)  # fmt: skip
counts("homes", lambda scope, level: number(scope, level, "dwelling", LIVED_IN), title=_("住宅"), unit=_("户"), absent=None,
       formula=_("房屋台账里用于居住的住宅套数"), needs=ROOMS)  # fmt: skip


@metric(
    "estate.homes_differ", title=_("户数相差"), unit=_("户"), formula=_("填报的户数和房屋台账里住宅套数之差，不分正负"),
    needs=_("申报的户数，或房屋台账"),
)  # fmt: skip
def homes_differ(scope: Scope) -> Rows:
    """By how much declared and counted households differ, by estate; None where either is missing (LD-20)."""
    declared, counted = _read(fact("households")(scope)), _read(number(scope, "estate", "dwelling", LIVED_IN))
    return {
        path: None if said is None or counted.get(path) is None else abs(said - counted[path]) for path, said in declared.items()
    }


def _read(rows: Rows) -> dict[Any, Any]:
    return dict(rows) if isinstance(rows, Mapping) else dict(rows.values_list("key", "value"))


def _occupied(*states: str) -> Any:
    def read(scope: Scope, level: str) -> Rows:
        rows = Occupancy.objects.filter(in_force(scope.on), here(scope), dwelling__kind="home")
        return by_level(level, rows.filter(state__in=states))

    return read


counts("homes_known", _occupied("owner_occupied", "let", "vacant", "undelivered"), title=_("使用情况清楚的住宅"), unit=_("户"),
       formula=_("登记了自住、出租、空置或没交付的住宅套数"), needs=_("房屋的使用情况"))  # fmt: skip
counts("homes_vacant", _occupied("vacant"), title=_("空置住宅"), unit=_("户"), formula=_("登记为空置的住宅套数"),
       needs=_("房屋的使用情况"))  # fmt: skip
counts("homes_let", _occupied("let"), title=_("出租住宅"), unit=_("户"), formula=_("登记为出租的住宅套数"),
       needs=_("房屋的使用情况"))  # fmt: skip


# Grids.
@metric("grid.households", title=_("户数"), unit=_("户"), formula=_("网格范围内用于居住的住宅套数"), needs=ROOMS)
def grid_households(scope: Scope) -> Rows:
    """Homes used to live in, by grid (CM-01); a grid on whose ground no dwelling is entered can't be told."""
    return {grid: count or None for grid, count in households_by_grid(scope.path, scope.on).items()}


@metric("grid.kind", title=_("网格种类"), kind="word", formula=_("网格登记的种类；微网格另算"), needs=_("网格种类"))
def grid_kind(scope: Scope) -> Rows:
    """residential, commercial ... or micro, by grid."""
    return _grid_rows(scope).values(key=F("pk"), value=Case(When(_micro(), then=Value("micro")), default=F("kind"))).values("key", "value")


@metric("grid.micro_grids", title=_("微网格"), unit=_("个"), formula=_("属于这个网格的微网格数"), needs=GRIDS, absent=0)
def micro_grids(scope: Scope) -> Rows:
    """Micro-grids in force, by their grid (HY-04)."""
    return by_field("parent_id", _grid_rows(scope).filter(parent__isnull=False))


def _grid_rows(scope: Scope) -> Query:
    return Grid.objects.filter(in_force(scope.on), here(scope))


def _micro() -> Q:
    return Q(parent__isnull=False) | Q(kind="micro")


counts("grids", lambda scope, level: by_level(level, _grid_rows(scope).exclude(_micro())), levels=DIVISIONS, title=_("网格"), unit=_("个"),
       formula=_("在册的网格数，微网格不算"), needs=GRIDS)  # fmt: skip
counts("micro_grids", lambda scope, level: by_level(level, _grid_rows(scope).filter(_micro())), levels=DIVISIONS, title=_("微网格"),
       unit=_("个"), formula=_("在册的微网格数"), needs=GRIDS)  # fmt: skip
