"""What happened to accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class SignedUp(Fact):
    """A resident made an account; the phone isn't verified yet."""

    name: ClassVar[str] = "accounts.SignedUp"
    account_id: int


@dataclass(frozen=True)
class PhoneLinked(Fact):
    """An account proved that a phone is its own. The number itself isn't told, only its blind index."""

    name: ClassVar[str] = "accounts.PhoneLinked"
    account_id: int
    phone_index: str


@dataclass(frozen=True)
class Invited(Fact):
    """A staff account got a new one-time link; what it signed in with before no longer counts."""

    name: ClassVar[str] = "accounts.Invited"
    account_id: int
    by: str


@dataclass(frozen=True)
class Deactivated(Fact):
    """An account was closed."""

    name: ClassVar[str] = "accounts.Deactivated"
    account_id: int
