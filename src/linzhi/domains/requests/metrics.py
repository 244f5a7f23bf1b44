"""Named figures of requests: set-based, over a place and a stretch of time, each with numerator, denominator and what was left out.

One definition serves the desk, the board and the API. Rates follow the practice of hotlines: an open overdue
request counts against the rate, one beyond power is shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests.models import Dispatch, Rating, Request
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import NotAllowed

RESPONSE_CLOCKS = ("response", "step:accept", "step:collect", "step:discover")
SATISFIED = 4


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
    here = within("matter__path", path)
    clocks = Clock.objects.filter(here, matter__subject_type="requests.request", due_at__gte=begin, due_at__lt=min(end, at))
    return [
        _clock_rate("responded_in_time", clocks.filter(key__in=RESPONSE_CLOCKS)),
        _clock_rate("signed_in_time", clocks.filter(key="step:sign")),
        _clock_rate("finished_in_time", clocks.filter(key="step:handle"), reopened_counts_against=True),
        _solved(path, begin, end),
        _satisfied(path, begin, end),
        *_of_reported(path, begin, end),
        _returned(path, begin, end),
    ]


def _require(powers: Powers, path: str) -> None:
    decision = powers.decide("requests.view_figures", _Place(path))
    if not decision:
        raise NotAllowed("requests.view_figures", decision.reason)


@dataclass(frozen=True)
class _Place:
    path: str


def _figure(key: str, part: int, whole: int, left_out: int = 0, why: object = "") -> Figure:
    title, formula = DEFINITIONS[key]
    return Figure(key, title, part, whole, left_out, formula, why)


def _clock_rate(key: str, clocks: QuerySet[Clock], *, reopened_counts_against: bool = False) -> Figure:
    kept = Q(kept=True)
    if reopened_counts_against:
        kept &= Q(round=F("matter__round"))
    beyond = Q(matter__outcome="beyond_power")
    row = clocks.aggregate(
        part=Count("pk", filter=kept & ~beyond), whole=Count("pk", filter=~beyond), out=Count("pk", filter=beyond)
    )
    return _figure(key, row["part"], row["whole"], row["out"], _("认定超出权限，两人确认"))


def _solved(path: str, begin: datetime, end: datetime) -> Figure:
    settled = Request.objects.filter(within("path", path), matter__settled_at__gte=begin, matter__settled_at__lt=end)
    out = Q(matter__outcome__in=("beyond_power", "withdrawn", "duplicate", "not_ours"))
    row = settled.aggregate(part=Count("pk", filter=Q(matter__family="done")), whole=Count("pk", filter=~out), out=Count("pk", filter=out))
    return _figure("solved", row["part"], row["whole"], row["out"], _("超出权限、撤回、重复、不予受理"))


def _satisfied(path: str, begin: datetime, end: datetime) -> Figure:
    ratings = Rating.objects.filter(within("request__path", path), at__gte=begin, at__lt=end)
    row = ratings.aggregate(part=Count("pk", filter=Q(stars__gte=SATISFIED)), whole=Count("pk"))
    silent = Request.objects.filter(
        within("path", path), matter__settled_at__gte=begin, matter__settled_at__lt=end, matter__family="done", ratings__isnull=True
    ).count()
    return _figure("satisfied", row["part"], row["whole"], silent, _("办好了但没有评价"))


def _of_reported(path: str, begin: datetime, end: datetime) -> list[Figure]:
    rows = Request.objects.filter(within("path", path), reported_at__gte=begin, reported_at__lt=end)
    row = rows.aggregate(
        whole=Count("pk"), redone=Count("pk", filter=Q(matter__round__gt=1)), repeated=Count("pk", filter=Q(matter__outcome="duplicate"))
    )
    return [_figure("redone", row["redone"], row["whole"]), _figure("repeated", row["repeated"], row["whole"])]


def _returned(path: str, begin: datetime, end: datetime) -> Figure:
    rows = Dispatch.objects.filter(within("request__path", path), kind="lead", at__gte=begin, at__lt=end)
    row = rows.aggregate(part=Count("pk", filter=Q(returned_at__isnull=False)), whole=Count("pk"))
    return _figure("returned", row["part"], row["whole"])


def replies(powers: Powers, path: str, begin: datetime | None = None, end: datetime | None = None, source: str = "") -> Replies:
    """How soon first replies came, for requests reported in [begin, end). Refused outside the asker's places."""
    _require(powers, path)
    rows = Request.objects.filter(within("path", path), replied_at__isnull=False)
    rows = rows.filter(reported_at__gte=begin) if begin else rows
    rows = rows.filter(reported_at__lt=end) if end else rows
    rows = rows.filter(source=source) if source else rows
    spans: list[timedelta] = []
    days: list[int] = []
    for reported, replied, working_days in rows.values_list("reported_at", "replied_at", "reply_days"):
        if replied is not None:
            spans.append(replied - reported)
            days.append(working_days or 0)
    within_days = {limit: sum(1 for each in days if each <= limit) for limit in (5, 10, 15)}
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
    """One row per place of path length `length` below `path`, by path. Refused outside the asker's places."""
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
