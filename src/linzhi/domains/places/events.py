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


@dataclass(frozen=True)
class EstatesRecorded(Fact):
    """Estates inside a place were added or revised, many at once."""

    name: ClassVar[str] = "places.EstatesRecorded"
    path: str
    new: int
    changed: int


@dataclass(frozen=True)
class BuildingsRecorded(Fact):
    """Buildings inside a place were added or revised."""

    name: ClassVar[str] = "places.BuildingsRecorded"
    path: str
    new: int
    changed: int


@dataclass(frozen=True)
class DwellingsRecorded(Fact):
    """Dwellings, shops or parking spaces inside a place were added or revised."""

    name: ClassVar[str] = "places.DwellingsRecorded"
    path: str
    new: int
    changed: int


@dataclass(frozen=True)
class PlaceMoved(Fact):
    """A place hangs elsewhere from a day on, with all rows in it; power over it has to be decided anew."""

    name: ClassVar[str] = "places.PlaceMoved"
    territory_id: int
    old_path: str
    path: str
    day: str


@dataclass(frozen=True)
class EstateMoved(Fact):
    """An estate belongs to another community from a day on."""

    name: ClassVar[str] = "places.EstateMoved"
    estate_id: int
    old_path: str
    path: str
    day: str


@dataclass(frozen=True)
class DivisionEnded(Fact):
    """A division was merged away or split up; bodies and posts that sit there have to be decided anew."""

    name: ClassVar[str] = "places.DivisionEnded"
    territory_id: int
    path: str
    day: str


@dataclass(frozen=True)
class ProfileVerified(Fact):
    """Somebody checked an estate's profile on the spot."""

    name: ClassVar[str] = "places.ProfileVerified"
    estate_id: int
    path: str
