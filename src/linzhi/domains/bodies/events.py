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
