"""A short way to ask for a named figure in tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linzhi.policy.metrics import Scope, metrics


def told(name: str, path: str, at: datetime) -> dict[Any, Any]:
    """What a figure says by key; subjects that it doesn't name are left out."""
    rows = metrics()[name].read(Scope(path, at.date(), at))
    return dict(rows) if isinstance(rows, Mapping) else dict(rows.values_list("key", "value"))
