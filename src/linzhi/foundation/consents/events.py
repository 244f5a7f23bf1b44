"""What happened to consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class ConsentGiven(Fact):
    """Somebody agreed to a purpose."""

    name: ClassVar[str] = "consents.ConsentGiven"
    consent_id: int
    subject: str
    purpose: str


@dataclass(frozen=True)
class ConsentWithdrawn(Fact):
    """Somebody took their consent back: what rests on it stops being used, and goes unless a law keeps it (PIPL articles 15, 47)."""

    name: ClassVar[str] = "consents.ConsentWithdrawn"
    consent_id: int
    subject: str
    purpose: str
