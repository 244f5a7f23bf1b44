"""A yes or no that always says why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """The answer to "may this actor do this?": usable as a boolean, explainable as text.

    `reason` is a sentence for the person asking; `basis` names what gave or would give the power
    (a grant, a relation to the object, an open door), for the audit entry and the explain page.
    """

    allowed: bool
    reason: str
    basis: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: str, basis: str) -> Decision:
    """A yes with its basis."""
    return Decision(True, reason, basis)


def deny(reason: str, basis: str = "") -> Decision:
    """A no with its reason."""
    return Decision(False, reason, basis)
