"""Named figures of requests: set-based, over a place and a stretch of time, each with numerator, denominator and what was left out.

One definition serves the desk, the board and the API. Rates follow the practice of hotlines: an open overdue
request counts against the rate, one beyond power is shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests.models import Dispatch, Rating, Request
from linzhi.domains.requests.queries.lists import at_place, visible
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import NotAllowed, NotFound

RESPONSE_CLOCKS = ("response", "step:accept", "step:collect", "step:discover")
SATISFIED = 4
REPLIED = {f"replied_{days}": days for days in (5, 10, 15)}
"""Figures of first replies: within so many working days."""


@dataclass(frozen=True)
class Figure:
    """One rate: `part` of `whole`, with `left_out` beside it; `formula` says it in words."""

    key: str
    title: object
    part: int
    whole: int
    left_out: int
    formula: object
    left_out_why: object = ""


@dataclass(frozen=True)
class Replies:
    """How soon the first reply came: count, median, and how many within 5, 10 and 15 working days."""

    count: int
    median: timedelta | None
    within: dict[int, int]


DEFINITIONS = {
    "responded_in_time": (_("按时响应率"), _("时限内响应的 ÷ 期内到期的响应时限")),
    "signed_in_time": (_("按时签收率"), _("时限内签收或退回的 ÷ 期内到期的签收时限")),
    "finished_in_time": (_("按时办结率"), _("时限内反馈、且居民没有说“没解决”的 ÷ 期内到期的办理时限，开着的超时件也算在分母里")),
    "solved": (_("解决率"), _("居民确认解决的 ÷ 期内结束的")),
    "satisfied": (_("满意率"), _("四星和五星 ÷ 期内收到的评价")),
    "redone": (_("重办率"), _("被重新打开或重办过的 ÷ 期内收到的")),
    "returned": (_("退单率"), _("被退回的派单 ÷ 期内派出的")),
    "repeated": (_("重复诉求率"), _("并入另一件的 ÷ 期内收到的")),
}


def figures(powers: Powers, path: str, begin: datetime, end: datetime, at: datetime) -> list[Figure]:
    """Every rate of a place for [begin, end), as of `at`. Refused outside the asker's places."""
    _require(powers, path)
    return [_figure(key, _made_of(key, path, begin, end, at)) for key in DEFINITIONS]


def figure(powers: Powers, key: str, path: str, begin: datetime, end: datetime, at: datetime) -> Figure:
    """One rate, also `replied_5` and its like. Refused outside the asker's places; NotFound for no figure at all."""
    _require(powers, path)
    return _figure(key, _made_of(key, path, begin, end, at))


def behind(powers: Powers, key: str, which: str, path: str, begin: datetime, end: datetime, at: datetime) -> QuerySet[Request]:
    """The requests behind a rate, newest first, as far as the asker may read them: `part` those that count, `missed` the rest of the
    whole, `whole` both, `out` those left out. Refused outside the asker's places."""
    _require(powers, path)
    made = _made_of(key, path, begin, end, at)
    wanted = {"part": made.counts & ~made.out, "missed": ~made.counts & ~made.out, "whole": ~made.out, "out": made.out}[which]
    rows = made.rows.filter(wanted)
    if which == "out" and made.out_rows is not None:
        return _readable(powers, made.out_rows.values("pk"))
    return _readable(powers, rows.values(made.request))


def _readable(powers: Powers, pks: QuerySet[Any, Any]) -> QuerySet[Request]:
    return visible(powers).filter(pk__in=pks).order_by("-reported_at", "-pk")


def _require(powers: Powers, path: str) -> None:
    decision = powers.decide("requests.view_figures", _Place(path))
    if not decision:
        raise NotAllowed("requests.view_figures", decision.reason)


@dataclass(frozen=True)
class _Place:
    path: str


NONE = Q(pk__in=())


@dataclass(frozen=True)
class _Made:
    """What a rate is made of: rows, each about the request at `request`; `counts` are the good ones, `out` those left out of both.

    `out_rows` are requests that stand beside the rate without being among its rows.
    """

    rows: QuerySet[Any]
    request: str
    counts: Q
    out: Q = NONE
    why: object = ""
    out_rows: QuerySet[Request] | None = None


def _figure(key: str, made: _Made) -> Figure:
    row = made.rows.aggregate(
        part=Count("pk", filter=made.counts & ~made.out), whole=Count("pk", filter=~made.out), out=Count("pk", filter=made.out)
    )
    left_out = row["out"] if made.out_rows is None else made.out_rows.count()
    title, formula = DEFINITIONS.get(key) or _replied_words(key)
    return Figure(key, title, row["part"], row["whole"], left_out, formula, made.why)


def _made_of(key: str, path: str, begin: datetime, end: datetime, at: datetime) -> _Made:
    if key in ("responded_in_time", "signed_in_time", "finished_in_time"):
        return _of_clocks(key, path, begin, end, at)
    if key == "solved":
        settled = Request.objects.filter(at_place("path", path, end, at), matter__settled_at__gte=begin, matter__settled_at__lt=end)
        out = Q(matter__outcome__in=("beyond_power", "withdrawn", "duplicate", "not_ours"))
        return _Made(settled, "pk", Q(matter__family="done"), out, _("超出权限、撤回、重复、不予受理"))
    if key == "satisfied":
        ratings = Rating.objects.filter(at_place("request__path", path, end, at), at__gte=begin, at__lt=end)
        silent = Request.objects.filter(
            at_place("path", path, end, at),
            matter__settled_at__gte=begin, matter__settled_at__lt=end, matter__family="done", ratings__isnull=True,
        )  # fmt: skip
        return _Made(ratings, "request_id", Q(stars__gte=SATISFIED), why=_("办好了但没有评价"), out_rows=silent)
    if key == "returned":
        handed = Dispatch.objects.filter(at_place("request__path", path, end, at), kind="lead", at__gte=begin, at__lt=end)
        return _Made(handed, "request_id", Q(returned_at__isnull=False))
    reported = Request.objects.filter(at_place("path", path, end, at), reported_at__gte=begin, reported_at__lt=end)
    if key in ("redone", "repeated"):
        return _Made(reported, "pk", Q(matter__round__gt=1) if key == "redone" else Q(matter__outcome="duplicate"))
    if key in REPLIED:
        return _Made(reported.filter(replied_at__isnull=False), "pk", Q(reply_days__lte=REPLIED[key]) | Q(reply_days__isnull=True))
    raise NotFound(str(_("没有这个数字。")))


def _of_clocks(key: str, path: str, begin: datetime, end: datetime, at: datetime) -> _Made:
    here = at_place("matter__path", path, end, at)
    due = Clock.objects.filter(here, matter__subject_type="requests.request", due_at__gte=begin, due_at__lt=min(end, at))
    keys = {"responded_in_time": RESPONSE_CLOCKS, "signed_in_time": ("step:sign",), "finished_in_time": ("step:handle",)}[key]
    # Somebody's "not solved" begins a new round: what was finished in time before it counts against.
    kept = Q(kept=True) & (Q(round=F("matter__round")) if key == "finished_in_time" else Q())
    beyond = Q(matter__outcome="beyond_power")
    return _Made(due.filter(key__in=keys), "matter__subject_id", kept, beyond, _("认定超出权限，两人确认"))


def _replied_words(key: str) -> tuple[object, object]:
    limit = REPLIED[key]
    return (
        _("%(n)d 个工作日内首次答复") % {"n": limit},
        _("从报上来起 %(n)d 个工作日内有首次答复的 ÷ 期内收到、已经有首次答复的") % {"n": limit},
    )


def replies(powers: Powers, path: str, begin: datetime | None = None, end: datetime | None = None, source: str = "") -> Replies:
    """How soon first replies came, for requests reported in [begin, end). Refused outside the asker's places."""
    _require(powers, path)
    rows = Request.objects.filter(at_place("path", path, end, powers.at), replied_at__isnull=False)
    rows = rows.filter(reported_at__gte=begin) if begin else rows
    rows = rows.filter(reported_at__lt=end) if end else rows
    rows = rows.filter(source=source) if source else rows
    spans: list[timedelta] = []
    days: list[int] = []
    for reported, replied, working_days in rows.values_list("reported_at", "replied_at", "reply_days"):
        if replied is not None:
            spans.append(replied - reported)
            days.append(working_days or 0)
    within_days = {limit: sum(1 for each in days if each <= limit) for limit in REPLIED.values()}
    return Replies(len(spans), _median(spans), within_days)


def _median(spans: list[timedelta]) -> timedelta | None:
    """The middle one, or the mean of the two in the middle; None of none."""
    if not spans:
        return None
    spans.sort()
    return (spans[(len(spans) - 1) // 2] + spans[len(spans) // 2]) / 2


@dataclass(frozen=True)
class PlaceRow:
    """Where one place stands now: open, overdue, due time kept in the period, and how many came in."""

    path: str
    open: int
    overdue: int
    kept: int
    due: int
    reported: int


def by_place(powers: Powers, path: str, length: int, begin: datetime, end: datetime, at: datetime) -> Sequence[PlaceRow]:
    """One row per place of path length `length` below `path`, by path, as the tree stands now. Refused outside the asker's places."""
    _require(powers, path)
    rows: dict[str, dict[str, int]] = {}
    place = Substr("path", 1, length)
    still_open = Matter.objects.filter(within("path", path), subject_type="requests.request", closed_at__isnull=True)
    counted = still_open.annotate(place=place).values("place")
    for row in counted.annotate(open=Count("pk"), overdue=Count("pk", filter=Q(next_due__lt=at))):
        rows[row["place"]] = {"open": row["open"], "overdue": row["overdue"]}
    came_in = Request.objects.filter(within("path", path), reported_at__gte=begin, reported_at__lt=end)
    for came in came_in.annotate(place=place).values("place").annotate(reported=Count("pk")):
        rows.setdefault(came["place"], {}).update(reported=came["reported"])
    clocks = Clock.objects.filter(within("matter__path", path), key="step:handle", due_at__gte=begin, due_at__lt=min(end, at))
    due = clocks.exclude(matter__outcome="beyond_power").annotate(place=Substr("matter__path", 1, length)).values("place")
    for clock in due.annotate(due=Count("pk"), kept=Count("pk", filter=Q(kept=True, round=F("matter__round")))):
        rows.setdefault(clock["place"], {}).update(due=clock["due"], kept=clock["kept"])
    return [
        PlaceRow(place, r.get("open", 0), r.get("overdue", 0), r.get("kept", 0), r.get("due", 0), r.get("reported", 0))
        for place, r in sorted(rows.items())
        if len(place) == length
    ]
