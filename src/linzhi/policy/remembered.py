"""Answers kept until the packs say something else: for the life of the process, but for what this installation enters itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_forget: list[Callable[[], None]] = []
_turns: list[Callable[[], None]] = []
_turn = 0


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep every answer of a pure function of the packs, until entered values change (`turn`)."""

    def ask(turn: int, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    kept = lru_cache(maxsize=None)(ask)

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        # An answer is kept under the turn that held when it was asked for, so that one worked out meanwhile never outlives a change.
        return kept(_turn, *args, **kwargs)  # type: ignore[arg-type]  # what is remembered is asked with values only

    _turns.append(kept.cache_clear)
    return answer


def of_the_files(function: Callable[P, R]) -> Callable[P, R]:
    """Keep every answer of a pure function of the shipped files, which never change while the process runs."""
    kept = lru_cache(maxsize=None)(function)
    _forget.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # lru_cache keeps the signature but doesn't say so


def turn() -> None:
    """What was answered from entered values is asked anew."""
    global _turn
    _turn += 1
    for clear in _turns:
        clear()


def on_forget(also: Callable[[], None]) -> None:
    """Call this, too, when everything is forgotten."""
    _forget.append(also)


def forget() -> None:
    """Read the packs anew on next use; for tests that bring their own folder."""
    for clear in _forget:
        clear()
    turn()
