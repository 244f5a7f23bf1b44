"""A look into an installation's tables from outside, for what no page shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from tests.server import Installation


def rows(installation: Installation, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT, read past every lock."""
    if installation.database_url:
        import psycopg

        with psycopg.connect(installation.database_url, autocommit=True) as connection:
            return connection.execute(statement.encode()).fetchall()
    with closing(sqlite3.connect(installation.folder / "linzhi.sqlite3", timeout=30)) as connection:
        return connection.execute(statement).fetchall()


def count(installation: Installation, table: str, where: str = "1 = 1") -> int:
    """How many rows of a table meet a condition."""
    return int(rows(installation, f"SELECT count(*) FROM {table} WHERE {where}")[0][0])
