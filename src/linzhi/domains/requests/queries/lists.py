"""Lists of requests for staff: saved filters, their counts, a page of rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple, cast

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.sql import Query

from linzhi.domains.requests.models import Follow, Rating, Request
from linzhi.flow.models import Matter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.statements.kept import fetch, one_row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import BEIJING, day_of

OPEN = Q(matter__closed_at__isnull=True, matter__subject_type="requests.request")
"""In hand still. The type says nothing new; but a condition that a missing matter can't meet lets the database begin with the open
matters, of which there are few, instead of joining every request to its matter."""


def visible(powers: Powers) -> QuerySet[Request]:
    """Every request that the asker may read in full, with its matter."""
    return Request.objects.filter(powers.visible("requests.view")).select_related("matter")


def at_place(field: str, path: str, end: datetime | None, at: datetime) -> Q:
    """A filter for rows at a place, in a stretch up to `end`: as the place was on the last day of it where that is over, else as it is."""
    last = day_of(end - timedelta(microseconds=1)) if end else day_of(at)
    return inside(field, path, last) if last < day_of(at) else within(field, path)


@dataclass(frozen=True)
class Filter:
    """What a staff list shows. `tab` is one of TABS; the rest narrows it; `at` is the moment that "overdue" is counted from."""

    at: datetime
    tab: str = "open"
    path: str = ""
    category: str = ""
    nature: str = ""
    body_id: int | None = None
    words: str = ""
    begin: datetime | None = None
    end: datetime | None = None
    pks: tuple[int, ...] = field(default=())


TABS = ("open", "overdue", "today", "waiting", "returned", "reopened", "low", "unfixed", "many", "unlocated", "done", "all")


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(BEIJING).date() + timedelta(days=1), time(), tzinfo=BEIJING)


def _of_open(at: datetime, midnight: datetime) -> dict[str, Q]:
    """What narrows the open requests to the tabs that are counted together, in one pass over these."""
    return {
        "open": Q(),
        "overdue": Q(matter__next_due__lt=at),
        "today": Q(matter__next_due__gte=at, matter__next_due__lt=midnight),
        "waiting": Q(matter__step__in=("close", "follow_up")),
        "returned": Q(matter__returned=True),
        "reopened": Q(matter__round__gt=1),
    }


_OF_MATTER = {
    "path": "path", "reporter_id": "reporter_id", "helper_id": "helper_id", "hidden_from_body_id": "accused_body_id",
    "pk": "subject_id", "matter": "",
}  # fmt: skip


def _on_matter(condition: Q) -> Q:
    """A condition on requests as one on their matters, which hold the same facts. Raises KeyError for what they don't hold."""
    moved: list[Q | tuple[str, Any]] = []
    for child in condition.children:
        if isinstance(child, Q):
            moved.append(_on_matter(child))
        else:
            name, value = cast("tuple[str, Any]", child)
            first, _, rest = name.partition("__")
            moved.append(("__".join(part for part in (_OF_MATTER[first], rest) if part), value))
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)


def tab_filter(tab: str, at: datetime, midnight: datetime | None = None) -> Q:
    """The condition behind one saved filter; the same one counts it and lists it. `midnight` ends the day of `at`."""
    narrowed = _of_open(at, midnight or _midnight(at))
    if tab in narrowed:
        return OPEN & narrowed[tab]
    conditions = {
        "unlocated": OPEN & Q(located=False),
        "low": Exists(Rating.objects.filter(request=OuterRef("pk"), low=True, replied_at__isnull=True)),
        "unfixed": Q(matter__closed_at__isnull=False, matter__family="unfixed"),
        "many": OPEN & Exists(Follow.objects.filter(request=OuterRef("pk"))),
        "done": Q(matter__closed_at__isnull=False, matter__family="done"),
        "all": Q(),
    }
    return Q(conditions[tab])


def listed(powers: Powers, wanted: Filter, midnight: datetime | None = None) -> QuerySet[Request]:
    """A staff list: open ones by due time, others newest first. `midnight` ends the day of `wanted.at`."""
    rows = visible(powers).filter(tab_filter(wanted.tab, wanted.at, midnight))
    if wanted.path:
        rows = rows.filter(at_place("path", wanted.path, wanted.end, wanted.at))
    if wanted.category:
        rows = rows.filter(Q(category=wanted.category) | Q(category__startswith=wanted.category + "."))
    if wanted.nature:
        rows = rows.filter(nature=wanted.nature)
    if wanted.body_id is not None:
        rows = rows.filter(matter__handler_body_id=wanted.body_id)
    if wanted.begin:
        rows = rows.filter(reported_at__gte=wanted.begin)
    if wanted.end:
        rows = rows.filter(reported_at__lt=wanted.end)
    if wanted.pks:
        rows = rows.filter(pk__in=wanted.pks)
    if wanted.words:
        rows = rows.filter(Q(number__startswith=wanted.words) | Q(title__contains=wanted.words) | Q(place_text__contains=wanted.words))
    if wanted.tab in ("open", "overdue", "today", "waiting", "returned", "reopened", "many"):
        return rows.order_by(F("matter__next_due").asc(nulls_last=True), "-pk")
    return rows.order_by("-reported_at", "-pk")


class Stand(NamedTuple):
    """Of a matter, what a line of a list shows."""

    closed_at: datetime | None
    family: str
    handler_body_id: int | None
    next_due: datetime | None
    next_due_confirmed: bool
    outcome: str
    paused: bool
    returned: bool
    round: int
    step: str
    version_id: str


class Line(NamedTuple):
    """One request in a staff list: its named columns only, since a list reads many rows and shows little of each."""

    pk: int
    number: str
    title: str
    path: str
    located: bool
    place_text: str
    urgent: bool
    matter_id: int
    matter: Stand


_SHOWN = [*Line._fields[:-1], *(f"matter__{name}" for name in Stand._fields)]


def lines(powers: Powers, wanted: Filter, begin: int, count: int) -> list[Line]:
    """`count` rows of `listed` from number `begin` on, in its order, without loading whole requests."""

    def build(*given: datetime) -> QuerySet[Request, Any]:
        at = given[0] if given else wanted.at
        return listed(powers, replace(wanted, at=at), given[1] if len(given) > 1 else None).values_list(*_SHOWN)[begin : begin + count]

    at, end = wanted.at, _midnight(wanted.at)
    timed = {"overdue": (at,), "today": (at, end)}.get(wanted.tab, ())
    free = wanted.words or wanted.begin or wanted.end or wanted.pks
    shape = (wanted.tab, wanted.path, wanted.category, wanted.nature, wanted.body_id, begin, count)
    # Conditions that hardly come twice aren't worth keeping a statement for.
    found = build(*timed) if free else fetch(("requests.lines", powers.key, shape), build, *timed)
    cut = len(Line._fields) - 1
    return [Line._make((*row[:cut], Stand._make(row[cut:]))) for row in found]


def tab_counts(powers: Powers, at: datetime, tabs: tuple[str, ...]) -> dict[str, int]:
    """How many requests stand behind each saved filter, in one statement; every count is of the very list it opens."""
    together = [tab for tab in tabs if tab in _of_open(at, at)]
    groups = [tabs] if len(together) > 1 else [(tab,) for tab in tabs]
    return {tab: count for group in groups for tab, count in zip(group, _count(powers, at, group), strict=True)}


def _count(powers: Powers, at: datetime, tabs: tuple[str, ...]) -> tuple[int, ...]:
    """One tab alone; or several, of which more than one is of open requests: these in one pass, the others beside it."""
    timed = [moment for moment, used in ((at, {"overdue", "today"}), (_midnight(at), {"today"})) if used & set(tabs)]

    def build(*given: datetime) -> Query:
        begin, end = (given + (at, at))[:2]
        scope = Request.objects.filter(powers.visible("requests.view"))
        alone = {tab: one_row(scope.filter(tab_filter(tab, begin, end)), n=Count("pk")) for tab in tabs}
        if len(tabs) == 1:
            return alone[tabs[0]]
        # One pass over the open matters, without a look at each one's request: they say who may see them, and how they stand.
        narrowed = {tab: _on_matter(condition) for tab, condition in _of_open(begin, end).items()}
        matters = Matter.objects.filter(_on_matter(OPEN & powers.visible("requests.view")), subject_type="requests.request")
        counted = {tab: Count("pk", filter=narrowed[tab] or None) if tab in narrowed else _beside(alone[tab]) for tab in tabs}
        return one_row(matters, **{f"n_{tab}": count for tab, count in counted.items()})

    found = fetch(("requests.counts", powers.key, tabs), build, *timed)
    return tuple(count or 0 for count in found[0]) if found else (0,) * len(tabs)


def _beside(query: Query) -> Subquery:
    return Subquery(cast(Any, query), output_field=IntegerField())
