"""Figures, standings and findings in the API, for the staff of the place; what is of the closed room, for the party line alone.

compliance.metrics      one figure over the subjects of a place on a day   (action compliance.view_standing)
compliance.standings    how the subjects of a place stand                  (compliance.view_standing)
compliance.findings     what is open                                       (compliance.view_finding)
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from linzhi.domains.compliance import queries
from linzhi.domains.compliance.commands.evaluate import shown
from linzhi.domains.compliance.models import Finding, Standing
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.queries.figures import figures
from linzhi.domains.compliance.rules import STATE_WORDS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, within
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.judging import STATES
from linzhi.policy.metrics import Scope, metrics, subjects
from linzhi.web.api import CURSOR, LIMIT, NEXT, Code, Moment, Out, cursor_of, position_of, powers_of, require

router = Router(tags=["对照"])
READS = ("compliance.metrics", "compliance.standings", "compliance.findings")
EARLIEST = date(1949, 10, 1)
ON: Any = Query(None, description="哪一天的情况；不填是今天，最早 1949-10-01。")
Figure = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{1,60}$")]
CheckCode = Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]{0,39})?$")]
Kind = Annotated[str, Field(pattern=r"^[a-z]{0,24}$")]
Value = int | str | None


class ValueOut(Out):
    """A subject and its value: a number, yes and no as 1 and 0, a day, a word; `never` for what never happened, null for unknown."""

    ref: int
    name: str
    code: str
    value: Value


class MetricOut(Out):
    """A figure over the subjects of a place on a day, a page of it. `needs` is what is missing where a value is null."""

    name: str
    title: str
    subject: str
    unit: str
    formula: str
    needs: str
    on: date
    items: list[ValueOut]
    next: str = Field(description=str(NEXT))


class SubjectStandingOut(Out):
    """How one subject stands: for each check met, not_met, pending, not_applicable or cannot_tell; its figures; since when."""

    subject: str
    ref: int
    name: str
    since: Moment
    checks: dict[str, str]
    figures: dict[str, Value]


class StandingPage(Out):
    """A page of the subjects of a place, in the order of the tree; `states` says what the states are called."""

    items: list[SubjectStandingOut]
    states: dict[str, str]
    next: str = Field(description=str(NEXT))


class FindingOut(Out):
    """Something amiss that is open: who has to mend it by when, and the reason on file, if there is one. No person's name."""

    id: int
    check: str
    subject: str
    words: str
    owner: str
    force: str
    opened: Moment
    due: date
    excused_until: date | None
    excused_reason: str


class FindingPage(Out):
    """A page of the open findings of a place, the oldest first."""

    items: list[FindingOut]
    next: str = Field(description=str(NEXT))


def _place(powers: Powers, code: str) -> Territory:
    require(powers, boards.VIEW)
    place = Territory.objects.filter(code=code).first()
    if place is None or not powers.decide(boards.VIEW, place):
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return place


@router.get("/compliance/metrics/{name}", response=MetricOut, operation_id="compliance.metrics", summary="一个指标，在一地一天的值")
def one_metric(
    request: HttpRequest, name: Path[Figure], place: Query[Code], on: date | None = ON, cursor: str = CURSOR, limit: int = LIMIT
) -> MetricOut:
    """The value for every subject in force. 404 for an unknown figure or what isn't the asker's; 422 above a county."""
    powers = powers_of(request)
    where = _place(powers, place)
    metric = metrics().get(name)
    if metric is None or (metric.room and not powers.decide(boards.VIEW_PARTY, where)):
        raise NotFound(_("没有“%(name)s”这个指标。") % {"name": name})
    if len(where.path) < COUNTY_LENGTH:
        raise Refused("compliance.above_county", _("一次只能问一个县（市、区）以内的地方。"), status=422, field="place")
    today = day_of(powers.at)
    day = max(min(on or today, today), EARLIEST)
    at = powers.at if day == today else datetime.combine(day + timedelta(days=1), time.min, BEIJING) - timedelta(microseconds=1)
    rows = sorted(figures(subjects()[metric.subject], [metric], Scope(where.path, day, at)), key=lambda row: (row.path, row.ref))
    if cursor:
        path, ref = position_of(cursor, str, int)
        rows = [row for row in rows if (row.path, row.ref) > (path, ref)]
    kept = rows[:limit]
    return MetricOut(
        name=name, title=str(metric.title), subject=metric.subject, unit=str(metric.unit), formula=str(metric.formula),
        needs=str(metric.needs), on=day,
        items=[ValueOut(ref=row.ref, name=row.name, code=row.code, value=shown(row.values[0])) for row in kept],
        next=cursor_of(kept[-1].path, kept[-1].ref) if len(rows) > limit else "",
    )  # fmt: skip


@router.get("/compliance/standings", response=StandingPage, operation_id="compliance.standings", summary="一地的对照情况")
def standings(request: HttpRequest, place: Query[Code], subject: Kind = "", cursor: str = CURSOR, limit: int = LIMIT) -> StandingPage:
    """How the subjects inside a place stood when they were last looked at; of one kind, if one is named. 404 for what isn't the asker's."""
    powers = powers_of(request)
    where = _place(powers, place)
    rows = Standing.objects.filter(within("path", where.path)).select_related("layout").order_by("pk")
    rows = rows.filter(subject=subject) if subject else rows
    if cursor:
        (last,) = position_of(cursor, int)
        rows = rows.filter(pk__gt=last)
    found = list(rows[: limit + 1])
    party = bool(powers.decide(boards.VIEW_PARTY, where))
    items = [_standing(row, party=party) for row in found[:limit]]
    words = {name: str(STATE_WORDS[letter]) for letter, name in STATES.items()}
    return StandingPage(items=items, states=words, next=cursor_of(found[limit - 1].pk) if len(found) > limit else "")


@router.get("/compliance/findings", response=FindingPage, operation_id="compliance.findings", summary="一地查缺补漏里开着的")
def findings(request: HttpRequest, place: Query[Code], check: CheckCode = "", cursor: str = CURSOR, limit: int = LIMIT) -> FindingPage:
    """What is open inside a place, of one check, if one is named; only what the asker's posts may see."""
    powers = powers_of(request)
    require(powers, "compliance.view_finding")
    where = Territory.objects.filter(code=place).first()
    if where is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": place})
    rows = Finding.objects.filter(powers.visible("compliance.view_finding"), within("path", where.path), closed__isnull=True).order_by("pk")
    rows = rows.filter(check_code=check) if check else rows
    if cursor:
        (last,) = position_of(cursor, int)
        rows = rows.filter(pk__gt=last)
    found = list(rows[: limit + 1])
    return FindingPage(
        items=[_finding(row) for row in found[:limit]], next=cursor_of(found[limit - 1].pk) if len(found) > limit else ""
    )  # fmt: skip


def _standing(row: Standing, *, party: bool) -> SubjectStandingOut:
    checks = {}
    for code, letter in zip(row.layout.checks, row.states, strict=True):
        check = queries.check_of(row.layout.pack, code)
        if party or (check is not None and not check.room):
            checks[code] = STATES[letter]
    said = {}
    for name, value in zip(row.layout.figures, json.loads(row.figures), strict=True):
        metric = metrics().get(name)
        if party or (metric is not None and not metric.room):
            said[name] = value
    return SubjectStandingOut(subject=row.subject, ref=row.ref, name=row.name, since=row.since, checks=checks, figures=said)


def _finding(row: Finding) -> FindingOut:
    plain = {name: getattr(row, name) for name in FindingOut.model_fields if name not in ("id", "check")}
    return FindingOut(id=row.pk, check=row.check_code, **plain)
