"""Answers kept for the life of the process; packs never change while it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_forget: list[Callable[[], None]] = []


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep every answer of a pure function of the packs."""
    kept = lru_cache(maxsize=None)(function)
    _forget.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # lru_cache keeps the signature but doesn't say so


def forget() -> None:
    """Read the packs anew on next use; for tests that bring their own folder."""
    for clear in _forget:
        clear()
