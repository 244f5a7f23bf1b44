"""What the engine tells: facts in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class MatterMoved(Fact):
    """A matter was opened (`step_from` empty) or an act was performed on it."""

    name: ClassVar[str] = "flow.MatterMoved"
    matter_id: int
    subject_type: str
    subject_id: int
    happening_id: int
    act: str
    step_from: str
    step_to: str


@dataclass(frozen=True)
class LimitNear(Fact):
    """A running limit came near its end or ran out; `to` are the roles called in, empty for a reminder to those who act."""

    name: ClassVar[str] = "flow.LimitNear"
    matter_id: int
    subject_type: str
    subject_id: int
    clock_id: int
    kind: str
    to: str
    due_at: datetime
