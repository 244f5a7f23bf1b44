"""Writing one row with a plain INSERT or UPDATE, whose text is made of the model once.

The same columns and values as `save(force_insert=True)` or `save(update_fields=...)`, which spends most of its time on
building the statement anew. Called inside commands only; the caller's transaction is the one that counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import AutoField, Field, Model

from linzhi.foundation.statements.planned import run

M = TypeVar("M", bound=Model)


@lru_cache(maxsize=256)
def _insert(model: type[Model], vendor: str, given_key: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    meta = model._meta
    fields = tuple(field for field in meta.concrete_fields if given_key or not isinstance(field, AutoField))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s" for field in fields)
    assert meta.pk is not None
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}) RETURNING {quote(str(meta.pk.column))}", fields


def add(row: M) -> M:
    """Store a new row; its key is known afterwards. Raises IntegrityError as the database says."""
    # A related row may have been stored after it had been assigned; Django's own save asks the same.
    row._prepare_related_fields_for_save("save")  # type: ignore[attr-defined]
    sql, fields = _insert(type(row), connection.vendor, row.pk is not None)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        run(cursor, sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


@lru_cache(maxsize=256)
def _update(model: type[Model], vendor: str, names: tuple[str, ...]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    meta = model._meta
    fields = tuple(field for field in meta.concrete_fields if field.attname in names)
    quote = connection.ops.quote_name
    marks = [field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s" for field in fields]
    changes = ", ".join(f"{quote(str(field.column))} = {mark}" for field, mark in zip(fields, marks, strict=True))
    assert meta.pk is not None and len(fields) == len(names)
    return f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(str(meta.pk.column))} = %s", fields


def change(row: Model, names: tuple[str, ...]) -> None:
    """Write some columns (by attribute) of a row that is stored. Raises LookupError when it isn't there."""
    sql, fields = _update(type(row), connection.vendor, names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise LookupError(f"{row!r} isn't stored")
