"""Retention rules: what is removed how long after what. Each part declares its own; the job `rights.retention` applies them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Rule:
    """One rule: rows of `model` that `due(moment)` selects, `days` after what `since` says, are deleted, or have `clear` emptied.

    `why` says why just so long. With `done_by`, another job already does it and the rule is only shown.
    """

    name: str
    title: Any
    days: int
    since: Any
    why: Any
    model: str
    due: Callable[[datetime], Q]
    clear: tuple[str, ...] = ()
    done_by: str = ""

    def moment(self, at: datetime) -> datetime:
        """Before when something must have happened to be due at `at`."""
        return at - timedelta(days=self.days)


_rules: dict[str, Rule] = {}


def declare(*rules: Rule) -> None:
    """Register rules. Raises ValueError when a name is taken."""
    for rule in rules:
        if rule.name in _rules:
            raise ValueError(f"retention rule {rule.name} is declared twice")
        _rules[rule.name] = rule


def rules() -> list[Rule]:
    """Every rule by name."""
    return [_rules[name] for name in sorted(_rules)]


def rule(name: str) -> Rule:
    """One rule; a KeyError here is a programming error."""
    return _rules[name]
