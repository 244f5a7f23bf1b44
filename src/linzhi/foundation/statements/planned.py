"""Statements that PostgreSQL reads and plans once per connection instead of at every call (PREPARE, EXECUTE).

For plain INSERTs alone: there is one way to run them, whatever the values and however the tables grow. Never for anything that looks
rows up: planned while its table is small, it would go on reading the whole of it. Other databases run the statement as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The names of what each connection has planned; they last as long as it does, also when a transaction is rolled back."""
enabled = True
"""Off while the bench writes down the statements themselves."""


def run(cursor: CursorWrapper, sql: str, values: Sequence[Any]) -> None:
    """Execute an INSERT that has a %s for each value. Raises what the database does."""
    if connection.vendor != "postgresql" or not enabled:
        cursor.execute(sql, values)
        return
    session = connection.connection
    name, plan, call = _texts(sql)
    known = _planned.setdefault(session, set())
    if name not in known:
        session.execute(plan)
        known.add(name)
    cursor.execute(call, values)


@lru_cache(maxsize=256)
def _texts(sql: str) -> tuple[str, str, str]:
    parts = sql.split("%s")
    name = f"linzhi_{hashlib.sha256(sql.encode()).hexdigest()[:24]}"
    text = "".join(part + (f"${number}" if number < len(parts) else "") for number, part in enumerate(parts, start=1))
    return name, f"PREPARE {name} AS {text}".replace("%%", "%"), f"EXECUTE {name} ({', '.join(['%s'] * (len(parts) - 1))})"
