"""Work that the timetable starts."""

from __future__ import annotations

from datetime import datetime

from linzhi.foundation.privacy import retention
from linzhi.foundation.rights import tombstones
from linzhi.foundation.rights.commands.apply_retention import BATCH, ApplyRetention, apply_retention
from linzhi.foundation.rights.queries import due_rows
from linzhi.kernel.actor import System

MOST = 100
"""Batches of one rule in one run."""


def apply_all(at: datetime) -> int:
    """Let every rule remove what is due, and complete the list of erasures; returns how many rows went."""
    total = 0
    for rule in retention.rules():
        for _batch in range(MOST):
            if not due_rows(rule, at).exists():
                break
            removed = apply_retention(System("rights.retention"), ApplyRetention(rule=rule.name), at=at)
            total += removed
            if removed < BATCH:
                break
    tombstones.replay(at)
    return total
