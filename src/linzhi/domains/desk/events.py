"""What the desk tells: facts in the past tense. The calendar stands below events, so its edits are told here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class YearAnnounced(Fact):
    """The holidays of a year were announced, for the first time or anew."""

    name: ClassVar[str] = "desk.YearAnnounced"
    year: int
