"""What happened to bodies and posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class Appointed(Fact):
    """Somebody holds a post from now on or from a day ahead."""

    name: ClassVar[str] = "bodies.Appointed"
    holding_id: int
    post_id: int
    body_id: int
    account_id: int | None
    kind: str = ""


@dataclass(frozen=True)
class HoldingEnded(Fact):
    """Somebody no longer holds a post; what waited for them must go to another."""

    name: ClassVar[str] = "bodies.HoldingEnded"
    holding_id: int
    post_id: int
    body_id: int
    account_id: int | None


@dataclass(frozen=True)
class ServiceAreaSet(Fact):
    """A body serves other places than before."""

    name: ClassVar[str] = "bodies.ServiceAreaSet"
    body_id: int


@dataclass(frozen=True)
class BodyDissolved(Fact):
    """A body is no more."""

    name: ClassVar[str] = "bodies.BodyDissolved"
    body_id: int


@dataclass(frozen=True)
class TermBegun(Fact):
    """A body began a term; a committee's has to be filed."""

    name: ClassVar[str] = "bodies.TermBegun"
    term_id: int
    body_id: int
    kind: str


@dataclass(frozen=True)
class CandidateReviewed(Fact):
    """The review of a candidate has a result; the candidate has to learn of it."""

    name: ClassVar[str] = "bodies.CandidateReviewed"
    review_id: int
    account_id: int | None
    result: str
