"""A yes or no that always says why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """The answer to "may this actor do this?": usable as a boolean, explainable as text.

    `reason` is a sentence for the person asking; `basis` names what gave or would give the power
    (a grant, a relation to the object, an open door), for the audit entry and the explain page; `body_id` is the
    body for which the actor acts, where the power comes from a post.
    """

    allowed: bool
    reason: str
    basis: str = ""
    body_id: int | None = None

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: str, basis: str, body_id: int | None = None) -> Decision:
    """A yes with its basis, and the body acted for if there is one."""
    return Decision(True, reason, basis, body_id)


def deny(reason: str, basis: str = "") -> Decision:
    """A no with its reason."""
    return Decision(False, reason, basis)
