"""Who acts. Every command and query is told; there is no default and no None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "app", "device", "system", "anonymous"]


@dataclass(frozen=True)
class Actor:
    """One who acts: a person's account, a program with a token, a device, a system job, or nobody known.

    `account_id` is set for person, app and device; `name` says which job a system actor is.
    `scopes` narrows a program to the actions its token was given; None means not narrowed.
    """

    kind: Kind
    account_id: int | None = None
    name: str = ""
    scopes: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.kind in ("person", "app", "device") and self.account_id is None:
            raise ValueError(f"an actor of kind {self.kind} needs an account")
        if self.kind == "system" and not self.name:
            raise ValueError("a system actor needs the name of its job")

    @property
    def key(self) -> str:
        """The actor as one short string for the audit log: `person:17`, `system:requests.remind`."""
        return f"{self.kind}:{self.account_id if self.account_id is not None else self.name}"

    @property
    def account(self) -> int:
        """The account of a person, program or device; ValueError for an actor without one."""
        if self.account_id is None:
            raise ValueError(f"{self.key} has no account")
        return self.account_id

    def may_use(self, action: str) -> bool:
        """Whether the token behind this actor reaches the action at all (`requests.*` covers a whole area)."""
        if self.scopes is None:
            return True
        return action in self.scopes or f"{action.split('.')[0]}.*" in self.scopes


def Person(account_id: int) -> Actor:  # noqa: N802 - reads as a kind
    """A signed-in person."""
    return Actor("person", account_id)


def App(account_id: int, name: str, scopes: frozenset[str]) -> Actor:  # noqa: N802
    """A program that calls the API with a token."""
    return Actor("app", account_id, name, scopes)


def System(job: str) -> Actor:  # noqa: N802
    """A background job; it may only do what an action declares for that job."""
    return Actor("system", None, job)


ANONYMOUS = Actor("anonymous")
