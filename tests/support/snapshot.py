"""Making the same rows again without running what made them: a county is built once in a run and copied into each test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection


@dataclass
class Snapshot:
    """Every row of every table, as the database holds it."""

    rows: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = field(default_factory=dict)

    @classmethod
    def take(cls, but: Snapshot | None = None) -> Snapshot:
        """Read all tables; rows that `but` has too (put there by migrations) are left out."""
        found = cls()
        with connection.cursor() as cursor:
            for model in apps.get_models():
                table = model._meta.db_table
                cursor.execute(f'SELECT * FROM "{table}"')
                columns = tuple(column[0] for column in cursor.description)
                before = set(map(repr, but.rows[table][1])) if but and table in but.rows else set()
                kept = [tuple(row) for row in cursor.fetchall() if repr(tuple(row)) not in before]
                if kept:
                    found.rows[table] = (columns, kept)
        return found

    def put_back(self) -> None:
        """Insert the rows. References may point forward: the databases check them when the transaction ends."""
        with connection.cursor() as cursor:
            for table, (columns, rows) in self.rows.items():
                names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            models = [model for model in apps.get_models() if model._meta.db_table in self.rows]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
