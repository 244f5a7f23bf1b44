"""Writing entries. Called by the command machinery only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linzhi.foundation.audit.models import Entry
from linzhi.foundation.statements.rows import add


def record(*, at: datetime, actor: str, basis: str, action: str, subject: str, place: str, data: dict[str, Any]) -> Entry:
    """Append one entry in the current transaction."""
    return add(Entry(at=at, actor=actor, basis=basis, action=action, subject=subject, place=place, data=data))
