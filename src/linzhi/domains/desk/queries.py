"""What the desk shows: the frame of every page, exceptions, tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance import queries as findings
from linzhi.domains.requests import queries as requests
from linzhi.domains.requests.queries import Line
from linzhi.flow import queries as flow
from linzhi.flow.models import Task
from linzhi.flow.queries import TaskLine
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.notify import queries as notify
from linzhi.foundation.notify.models import Delivery
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, ancestors
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotAllowed
from linzhi.web.asker import powers_of
from linzhi.web.shell import NOBODY, Shell
from linzhi.web.words import span

NATURE_TITLES = {
    "consult": gettext_lazy("咨询"), "help": gettext_lazy("求助"), "complaint": gettext_lazy("投诉"), "tip_off": gettext_lazy("举报"),
    "suggestion": gettext_lazy("建议"), "praise": gettext_lazy("表扬"), "urgent": gettext_lazy("紧急"),
}  # fmt: skip

T = TypeVar("T", Task, TaskLine)
EXCEPTIONS = ("overdue", "today", "returned", "reopened", "low", "unlocated")
"""What the home shows first, in this order; each count opens the list behind it."""

REQUEST = "requests.request:"


def shell_of(request: HttpRequest) -> Shell:
    """The frame of a page for whoever asks: name, post, the line of places, unread messages, what may be opened."""
    powers = powers_of(request)
    account_id = powers.actor.account_id
    if account_id is None:
        return NOBODY
    post, path = _widest_post(powers, account_id)
    line = [step for step in ancestors(path[:ESTATE_LENGTH]) if len(step) >= COUNTY_LENGTH]
    names = territory.names(line)
    # The session has loaded the account already.
    user = getattr(request, "user", None)
    return Shell(
        who=user.name if isinstance(user, Account) and user.pk == account_id else accounts.name(account_id),
        post=post,
        crumb=tuple(names[step] for step in line if step in names),
        unread=notify.unread_count(powers.actor),
        may=lambda code: holds_anywhere(powers, code),
    )


def _widest_post(powers: Powers, account_id: int) -> tuple[str, str]:
    """The asker's post of the widest reach, as people say it, with the first place it reaches."""
    reach: dict[int, list[str]] = {}
    for held in powers.grants.values():
        for grant in held:
            if grant.post_id is not None:
                reach.setdefault(grant.post_id, []).append(grant.path)
    if reach:
        widest = min(reach, key=lambda post_id: (min(len(path) for path in reach[post_id]), post_id))
        return bodies.post_label(widest), min(reach[widest])
    posts = bodies.posts_of(account_id, powers.at)  # a post without power, such as that of a 监督委员
    return (posts[0].label, (posts[0].paths or ("",))[0]) if posts else ("", "")


def require(powers: Powers, code: str) -> None:
    """Refuse, with the reason, when the asker may not do this at all."""
    decision = powers.decide(code)
    if not decision:
        raise NotAllowed(code, decision.reason)


def widest_path(powers: Powers, code: str) -> str:
    """The widest place where the asker holds the action. Refused when there is none."""
    roles = {rule.role for rule in action_of(code).rules}
    paths = [grant.path for role, held in powers.grants.items() if role in roles for grant in held]
    if not paths:
        raise NotAllowed(code, powers.decide(code, None).reason)
    return min(paths, key=lambda path: (len(path), path))


def nature_title(nature: str) -> str:
    """A nature of requests, or `urgent`, as the screen calls it."""
    return str(NATURE_TITLES.get(nature, nature))


def holds_anywhere(powers: Powers, code: str) -> bool:
    """Whether the asker holds a role that the action is open to, at some place. Only decides what a navigation shows."""
    return any(rule.role in powers.grants for rule in action_of(code).rules)


@dataclass(frozen=True)
class Home:
    """The staff home: counts of exceptions with their worst case in words, the requests to look at first, the asker's own tasks.

    `todo` says for each request (by matter) what the asker has to do; `undelivered` counts messages that reached nobody, `findings`
    what the register shows to be amiss and is the asker's to mend.
    """

    counts: dict[str, int]
    notes: dict[str, str]
    first: list[Line]
    todo: dict[int, str]
    tasks: list[TaskLine]
    task_count: int
    undelivered: int
    findings: int


def home(powers: Powers, at: datetime, *, most: int = 8) -> Home:
    """Everything the staff home shows, from a few statements on indexes of what is open."""
    counts = requests.tab_counts(powers, at, EXCEPTIONS)
    first = requests.lines(powers, requests.Filter(at=at, tab="open"), 0, most)
    todo = flow.todo(powers, [request.matter_id for request in first])
    notes = {}
    if counts["overdue"] and first:
        notes["overdue"] = _("最久：%(span)s") % {"span": span(first[0].matter.next_due, at)}
    if counts["today"]:
        for soonest in requests.lines(powers, requests.Filter(at=at, tab="today"), 0, 1):
            notes["today"] = _("最近：%(span)s") % {"span": span(soonest.matter.next_due, at)}
    undelivered_count = len(undelivered(powers))
    tasks = _one_per_matter(flow.first_tasks(powers, 4 * most))[:most]
    return Home(counts, notes, first, todo, tasks, flow.matters_waiting(powers), undelivered_count, findings.waiting(powers))


def undelivered(powers: Powers) -> list[Delivery]:
    """Messages in the asker's places that reached nobody, without those about requests that the asker may not see."""
    if not notify.any_failed(powers):
        return []
    failed = notify.failed(powers)
    about = {one.pk: int(one.message.subject.removeprefix(REQUEST)) for one in failed if one.message.subject.startswith(REQUEST)}
    seen = set(requests.visible(powers).filter(pk__in=about.values()).values_list("pk", flat=True)) if about else set()
    return [one for one in failed if one.pk not in about or about[one.pk] in seen]


def _one_per_matter(tasks: Iterable[T]) -> list[T]:
    """The first task of each matter: a call from above and the step itself are one thing to do."""
    return list({task.matter_id: task for task in reversed(list(tasks))}.values())[::-1]


@dataclass(frozen=True)
class Day:
    """A grid worker's day: what is late, what is due today, what has time."""

    late: list[Task]
    today: list[Task]
    later: list[Task]


def day(powers: Powers, at: datetime, *, most: int = 60) -> Day:
    """The asker's open tasks by when they are due, one per request."""
    end = datetime.combine(at.astimezone(BEIJING).date() + timedelta(days=1), time(), tzinfo=BEIJING)
    result = Day([], [], [])
    for task in _one_per_matter(flow.my_tasks(powers)[:most]):
        if task.due_at is not None and task.due_at < at:
            result.late.append(task)
        elif task.due_at is not None and task.due_at < end:
            result.today.append(task)
        else:
            result.later.append(task)
    return result
