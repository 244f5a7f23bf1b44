"""What a method promises before a matter begins: the limits a new one would meet, in the method's own order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linzhi.flow import library
from linzhi.flow.lengths import Length, Snapshot
from linzhi.flow.method import Method
from linzhi.kernel.limits import Limit, Unit
from linzhi.policy import resolve as policy


def limit_words(limit: Limit | str) -> str:
    """A limit as people say it: 60 minutes is 1 小时. Takes the text of a clock, too; ValueError for other text."""
    read = Limit.parse(limit.replace("_", " ")) if isinstance(limit, str) else limit
    if read.unit is Unit.MINUTES and read.amount % 60 == 0:
        read = Limit(read.amount // 60, Unit.HOURS)
    return read.words()


@dataclass(frozen=True)
class Ahead:
    """A limit that lies ahead: its clock's key and title, how long, who acts, and the acts that end it.

    `at_once` says that it runs from the very beginning.
    """

    key: str
    title: str
    length: Length
    by: tuple[str, ...]
    at_once: bool
    ends_with: frozenset[str]


def limits_ahead(key: str, pack: str, facts: Mapping[str, str], on: date) -> list[Ahead]:
    """The limits of the method `key` for a matter with these facts that would begin on a day at a place with `pack`.

    Named limits come first, then the steps in order; what the pack sets no length for is left out. Writes nothing.
    Raises KeyError for an unknown method.
    """
    method = library.method(key)
    snapshot = Snapshot(policy.snapshot(sorted(method.parameters()), pack, on), facts)
    return [*_named(method, snapshot), *_steps(method, snapshot)]


def _named(method: Method, snapshot: Snapshot) -> list[Ahead]:
    found = []
    for limit in method.limits:
        length = snapshot.length(limit.within)
        start = snapshot.text(limit.start)
        begins = {"opened", f"step:{method.first}", *method.opened_by}
        if length is not None:
            at_once = method.moments.get(start, start) in begins
            by = limit.tasks_for or (method.step(method.first).tasks_for or method.step(method.first).by if at_once else ())
            found.append(Ahead(limit.id, limit.title, length, by, at_once, frozenset(limit.stop)))
    return found


def _steps(method: Method, snapshot: Snapshot) -> list[Ahead]:
    found = []
    for step in method.steps:
        length = snapshot.length(step.within) if step.within else None
        if length is not None:
            leaving = frozenset(act.act for act in step.acts if act.to != "stay")
            found.append(Ahead(f"step:{step.id}", step.title, length, step.tasks_for or step.by, step.id == method.first, leaving))
    return found
