"""What happened on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class EstateRegistered(Fact):
    """A new estate stands in the register."""

    name: ClassVar[str] = "places.EstateRegistered"
    estate_id: int
    path: str


@dataclass(frozen=True)
class GridRedrawn(Fact):
    """A grid's ground changed; who holds power over the grid must follow."""

    name: ClassVar[str] = "places.GridRedrawn"
    grid_id: int
    path: str
