"""What happened to the rules of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class ValueApproved(Fact):
    """A value of a key was approved for a place, or that it ends; another value holds there from the day on. Perhaps withdrawn before."""

    name: ClassVar[str] = "policy.ValueApproved"
    entered_id: int
    path: str
    key: str
    begin: date
