"""Answers that may be two seconds old: names of places and bodies and the like, kept in the process while pages follow fast.

Only for what anybody may know and what seldom changes. Never for a session, a grant, or rows that depend on who asks: what has been
taken from somebody must be gone with their next page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

MAX_AGE_SECONDS = 2
"""How long a process may go on with an answer before it asks again."""
MOST = 4000

_said: dict[Hashable, tuple[float, object]] = {}


def lately(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` answers, or answered under the same key in the last two seconds."""
    return lately_each(key, (None,), lambda _nothing: {None: ask()})[None]


def lately_each(key: Hashable, wanted: Iterable[K], ask: Callable[[list[K]], dict[K, T]]) -> dict[K, T]:
    """As `lately`, item by item: `ask` is given those that haven't been asked for lately. What it has no answer to is left out."""
    # The age of an answer is no moment in anybody's day, so the clock of the process measures it.
    oldest = time.monotonic() - MAX_AGE_SECONDS
    # Tests roll back what they did, which nothing tells; they ask every time.
    keeping = settings.MODE != "test"
    found: dict[K, T] = {}
    missing = []
    for item in dict.fromkeys(wanted):
        said = _said.get((key, item)) if keeping else None
        if said is not None and said[0] > oldest:
            found[item] = said[1]  # type: ignore[assignment]
        else:
            missing.append(item)
    if missing:
        fresh = ask(missing)
        found |= fresh
        if keeping:
            _keep(key, fresh)
    return found


def forget() -> None:
    """Ask for everything anew; for tests."""
    _said.clear()


def _keep(key: Hashable, fresh: dict[K, T]) -> None:
    if len(_said) + len(fresh) > MOST:
        _said.clear()
    now = time.monotonic()
    for item, answer in fresh.items():
        _said[key, item] = (now, answer)
