"""Reactions of places to their own moves."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.places.commands.settle_move import SettleMove, settle_move
from linzhi.domains.places.events import PlaceMoved
from linzhi.kernel.actor import System


def settle(event: PlaceMoved, at: datetime) -> None:
    """Once the move is committed, carry what was written at the old path meanwhile."""
    settle_move(System("places.settle_move"), SettleMove(territory_id=event.territory_id, old_path=event.old_path), at=at)
