"""What happened to people's records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class AccountLinked(Fact):
    """It is known from now on which account is this person's own."""

    name: ClassVar[str] = "people.AccountLinked"
    person_id: int
    account_id: int


@dataclass(frozen=True)
class OwnershipEnded(Fact):
    """A person parted with a dwelling; posts that only owners may hold can depend on it."""

    name: ClassVar[str] = "people.OwnershipEnded"
    person_id: int
    path: str


@dataclass(frozen=True)
class MembersChanged(Fact):
    """The closed room of an estate changed; says nothing about whom. Whether the estate may have a branch can depend on it."""

    name: ClassVar[str] = "people.MembersChanged"
    path: str


@dataclass(frozen=True)
class PersonsMerged(Fact):
    """Two records were one person; what was held under the dropped one is the other's."""

    name: ClassVar[str] = "people.PersonsMerged"
    kept_id: int
    dropped_id: int
