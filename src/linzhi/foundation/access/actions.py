"""The registry of actions: what exists, who holds it, how far it reaches. Each domain declares its own in `access.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from linzhi.foundation.access.scopes import Everywhere, Scope, Within

ANYONE = "anyone"
SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Rule:
    """One way to hold an action: a role (or `anyone`, `signed_in`, `system:<job>`) and how far it reaches.

    `never` names scopes that take the object out again, whoever asks under this rule.
    """

    role: str
    scope: Scope = field(default_factory=Within)
    never: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Action:
    """One action. `code` is the one name; `title` is what the screen calls it (lazy gettext)."""

    code: str
    title: Any
    rules: tuple[Rule, ...]

    @property
    def area(self) -> str:
        """The part of the house that declares it."""
        return self.code.split(".")[0]


_actions: dict[str, Action] = {}
_roles: dict[str, Any] = {}


def declare(*actions: Action) -> None:
    """Register actions. Refused when a code is declared twice or has no dot."""
    for action in actions:
        if "." not in action.code:
            raise ValueError(f"action {action.code!r} needs the form area.verb")
        if action.code in _actions:
            raise ValueError(f"action {action.code} is declared twice")
        _actions[action.code] = action


def declare_roles(roles: dict[str, Any]) -> None:
    """Register the roles that grants may carry, with their names on the screen."""
    _roles.update(roles)


def action_of(code: str) -> Action:
    """The action with this code; a KeyError here is a programming error."""
    return _actions[code]


def all_actions() -> list[Action]:
    """Every declared action, by code."""
    return [_actions[code] for code in sorted(_actions)]


def role_title(role: str) -> str:
    """A role's name on the screen."""
    return str(_roles.get(role, role))


def all_roles() -> dict[str, Any]:
    """Every role that grants may carry."""
    return dict(_roles)


def open_to(*roles: str, scope: Scope | None = None, never: tuple[Scope, ...] = ()) -> tuple[Rule, ...]:
    """One rule per role with the same reach."""
    return tuple(Rule(role, scope or Within(), never) for role in roles)


def for_anyone(scope: Scope | None = None) -> tuple[Rule, ...]:
    """A rule that needs no sign-in."""
    return (Rule(ANYONE, scope or Everywhere()),)


def for_signed_in(scope: Scope | None = None, never: tuple[Scope, ...] = ()) -> tuple[Rule, ...]:
    """A rule for whoever is signed in, usually with a relation to the object (`Mine`)."""
    return (Rule(SIGNED_IN, scope or Everywhere(), never),)


def for_job(*jobs: str) -> tuple[Rule, ...]:
    """A rule for named background jobs."""
    return tuple(Rule(f"system:{job}", Everywhere()) for job in jobs)
