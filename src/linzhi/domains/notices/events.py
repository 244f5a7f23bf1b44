"""What happened to notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class NoticePublished(Fact):
    """A notice can be read from now on."""

    name: ClassVar[str] = "notices.NoticePublished"
    notice_id: int
    path: str


@dataclass(frozen=True)
class NoticeWithdrawn(Fact):
    """A notice no longer counts."""

    name: ClassVar[str] = "notices.NoticeWithdrawn"
    notice_id: int
    path: str
