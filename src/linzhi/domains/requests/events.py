"""What happened to requests, beside the engine's own MatterMoved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class RequestReported(Fact):
    """A request came in, by whatever channel."""

    name: ClassVar[str] = "requests.RequestReported"
    request_id: int
    channel: str


@dataclass(frozen=True)
class RequestRated(Fact):
    """The reporter rated a round."""

    name: ClassVar[str] = "requests.RequestRated"
    request_id: int
    stars: int
    low: bool
