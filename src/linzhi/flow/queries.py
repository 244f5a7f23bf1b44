"""Reads of matters: history, what one may do now, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Case, Count, Q, QuerySet, When
from django.db.models.sql import Query

from linzhi.flow import library, rules, standing
from linzhi.flow.engine import state_of
from linzhi.flow.lengths import Snapshot
from linzhi.flow.method import Act, Method, Step
from linzhi.flow.models import Clock, Happening, Matter, Task
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.statements.kept import fetch, one_row
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import BEIJING


@dataclass(frozen=True)
class Promise:
    """Who has to do what by when, from the method's limits: the sentence a resident is told."""

    title: str
    due_at: datetime | None
    confirmed: bool
    limit: str
    source: str


def matter_of(subject_type: str, subject_id: int) -> Matter:
    """The matter about a subject; raises Matter.DoesNotExist. The caller has decided who may see the subject."""
    return Matter.objects.select_related("version").get(subject_type=subject_type, subject_id=subject_id)


def method_of(matter: Matter) -> Method:
    """The method as it was when the matter began."""
    return library.of_version(matter.version_id)


def step_of(matter: Matter) -> Step:
    """The step where a matter stands."""
    return method_of(matter).step(matter.step)


def step_title(version_id: str, step: str) -> str:
    """What a step is called in the version of the method that a matter began with."""
    return library.of_version(version_id).step(step).title


def acts_for(powers: Powers, matter: Matter, also: frozenset[str] = frozenset()) -> list[Act]:
    """What the actor could do to the matter now, main acts first."""
    return rules.possible(method_of(matter), state_of(matter), standing.roles(powers, matter) | also, powers.actor.key)


def history(matter: Matter) -> list[Happening]:
    """Every line of the history, newest first."""
    return list(matter.happenings.order_by("-id"))


def promises(matter: Matter) -> list[Promise]:
    """The running limits, nearest first."""
    rows: Iterable[Clock]
    if matter.running is None:
        rows = matter.clocks.filter(stopped_at__isnull=True).order_by("due_at")
    else:
        rows = sorted(matter.running, key=lambda clock: (clock.due_at is None, clock.due_at or clock.started_at))
    return [Promise(row.title, row.due_at, row.confirmed, row.limit, row.source) for row in rows]


def promise_of(matter: Matter, key: str) -> str:
    """What the limit of a clock promises in residents' words; empty where the matter's version of the method says nothing."""
    method = method_of(matter)
    found = (step.promise for step in method.steps if f"step:{step.id}" == key)
    return next(found, None) or next((limit.promise for limit in method.limits if limit.id == key), None) or ""


def next_steps(matter: Matter, act: Act) -> list[Step]:
    """The steps that an act may lead to from where the matter stands; empty when it stays there."""
    method = method_of(matter)
    return [method.step(step) for step in rules.next_steps(state_of(matter), act)]


def clocks(matter: Matter) -> QuerySet[Clock]:
    """Every limit that ran or runs, oldest first."""
    return matter.clocks.order_by("started_at", "id")


def snapshot_of(matter: Matter) -> Snapshot:
    """The parameters that the matter relies on, as resolved on the day it began."""
    return library.snapshot_of(matter)


def value_in_snapshot(matter: Matter, key: str) -> object:
    """The value of a parameter that the matter relies on, or None where the method doesn't read it."""
    return library.snapshot_of(matter).plain(key)


def tasks_filter(powers: Powers) -> Q:
    """Which open tasks wait for this actor: by role and place, by body, or by name.

    Whoever belongs to a body accused in secret gets none of that matter's but those that are their own by name.
    """
    own = Q(account_id=powers.actor.account_id) if powers.actor.account_id is not None else Q(pk__in=())
    mine = Q(pk__in=())
    for role, grants in powers.grants.items():
        for grant in grants:
            here = within("path", grant.path)
            mine |= Q(role=role) & here
            if grant.body_id is not None:
                mine |= Q(body_id=grant.body_id, role="")
    bodies = {grant.body_id for grants in powers.grants.values() for grant in grants if grant.body_id is not None}
    if bodies:
        mine &= Q(matter__accused_body_id__isnull=True) | ~Q(matter__accused_body_id__in=bodies)
    return Q(done_at__isnull=True) & (own | mine)


def my_tasks(powers: Powers) -> QuerySet[Task]:
    """The tasks that wait for this actor, soonest first."""
    return Task.objects.filter(tasks_filter(powers)).select_related("matter").order_by("due_at", "id")


class TaskLine(NamedTuple):
    """Of a task and its matter, what a line of a list shows."""

    matter_id: int
    title: str
    path: str
    due_at: datetime | None
    subject_id: int
    about: str
    subject_type: str


def first_tasks(powers: Powers, most: int) -> list[TaskLine]:
    """The soonest of `my_tasks`, without loading whole tasks and matters."""

    def build() -> QuerySet[Task, Any]:
        shown = ("matter_id", "title", "path", "due_at", "matter__subject_id", "matter__title", "matter__subject_type")
        return my_tasks(powers).values_list(*shown)[:most]

    return [TaskLine(*row) for row in fetch(("flow.first_tasks", powers.key, most), build)]


def running_over(first: date, last: date) -> int:
    """How many running limits lie over any of some days, wherever they are: what a change of the work calendar comes too late for."""
    begin, end = datetime.combine(first, time(), tzinfo=BEIJING), datetime.combine(last, time.max, tzinfo=BEIJING)
    return Clock.objects.filter(stopped_at__isnull=True, started_at__lte=end, due_at__gte=begin).count()


def unconfirmed_by(announced: date) -> QuerySet[Clock]:
    """The running limits that are marked unconfirmed although they end before `announced`, up to which every year is announced."""
    end = datetime.combine(announced, time(), tzinfo=BEIJING)
    return Clock.objects.filter(stopped_at__isnull=True, confirmed=False, due_at__lt=end).order_by("due_at", "pk")


def unconfirmed_over(first: date, last: date) -> int:
    """How many running limits marked unconfirmed lie over any of some days: what an announcement computes anew."""
    begin, end = datetime.combine(first, time(), tzinfo=BEIJING), datetime.combine(last, time.max, tzinfo=BEIJING)
    return Clock.objects.filter(stopped_at__isnull=True, confirmed=False, started_at__lte=end, due_at__gte=begin).count()


def todo(powers: Powers, matters: Sequence[int]) -> dict[int, str]:
    """What the actor has to do in each of some matters, by `my_tasks`; of more than one thing the last due of the step's own."""

    def build(*matters: int) -> QuerySet[Task, Any]:
        # A call from above comes first, so that the step itself, where it is the actor's too, is what is said.
        called = Case(When(kind="escalated", then=0), default=1)
        return my_tasks(powers).filter(matter__in=matters).order_by(called, "due_at", "id").values_list("matter_id", "title")

    return dict(fetch(("flow.todo", powers.key, len(matters)), build, *matters)) if matters else {}


def matters_waiting(powers: Powers) -> int:
    """In how many matters something of `my_tasks` waits."""

    def build() -> Query:
        return one_row(Task.objects.filter(tasks_filter(powers)), n=Count("matter", distinct=True))

    found = fetch(("flow.matters_waiting", powers.key), build)
    return int(found[0][0]) if found else 0
