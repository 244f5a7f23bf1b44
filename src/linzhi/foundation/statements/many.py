"""Many new rows of one table at once: COPY on PostgreSQL, the ORM's own way elsewhere. Called inside commands only.

The ORM builds an INSERT value by value, which costs more than the database's work: 100,000 rows take it ten seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)

BATCH = 1_000
PLAIN = {
    models.CharField, models.TextField, models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField,
    models.SmallIntegerField, models.BigIntegerField, models.PositiveBigIntegerField, models.BooleanField, models.DateField,
    models.DateTimeField, models.ForeignKey, models.OneToOneField, models.BigAutoField,
}  # fmt: skip
"""Kinds of columns whose Python value is what the driver takes."""


def fresh(model: type[M], **values: Any) -> M:
    """A new row of a model from the values of all its columns by attribute (`building_id`, not `building`), without a key.

    The same as `model(**values)`, which spends ten times as long on looking for defaults and relations. For many rows only.
    Raises TypeError when a column is missing or unknown.
    """
    _check(model, tuple(values))
    row = model.__new__(model)
    row.__dict__.update(values, id=None, _state=ModelState())
    return row


def insert(rows: Sequence[M]) -> list[M]:
    """Store new rows of one model, all or none; their keys are known afterwards, in their order. Raises IntegrityError."""
    made = list(rows)
    if not made:
        return made
    model = type(made[0])
    if connection.vendor != "postgresql":
        return model._default_manager.bulk_create(made, batch_size=BATCH)
    copy, sequence, fields = _plan(model)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, len(made)])
        for row, (key,) in zip(made, cursor.fetchall(), strict=True):
            row.pk = key
        # Whatever a field does to its value is done before: nothing of ours runs while the connection is given to the COPY.
        values = _values(made, fields)
        # The driver's own errors become Django's, as those of an execute do.
        with connection.wrap_database_errors, cursor.copy(copy) as target:
            for line in values:
                target.write_row(line)
    for row in made:
        row._state.adding, row._state.db = False, connection.alias
    return made


def _values(made: Sequence[M], fields: Sequence[tuple[str, bool, models.Field[Any, Any]]]) -> list[Sequence[Any]]:
    if len(fields) > 1 and all(plain for _name, plain, _field in fields):
        return list(map(attrgetter(*(name for name, _plain, _field in fields)), made))
    return [[getattr(row, name) if plain else _prepared(row, field) for name, plain, field in fields] for row in made]


@lru_cache(maxsize=64)
def _check(model: type[models.Model], names: tuple[str, ...]) -> None:
    wanted = {field.attname for field in model._meta.concrete_fields} - {"id"}
    if wanted != set(names):
        raise TypeError(f"{model.__name__}: {', '.join(sorted(wanted ^ set(names)))} missing or unknown")


def _prepared(row: models.Model, field: models.Field[Any, Any]) -> Any:
    return field.get_db_prep_save(field.pre_save(row, True), connection)


@lru_cache(maxsize=64)
def _plan(model: type[models.Model]) -> tuple[str, str, tuple[tuple[str, bool, models.Field[Any, Any]], ...]]:
    """The COPY, the sequence of the key, and each column by attribute, whether its value goes as it is, and its field."""
    meta = model._meta
    assert isinstance(meta.pk, models.BigAutoField | models.AutoField)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quote(meta.db_table), meta.pk.column])
        (sequence,) = cursor.fetchone()
    fields = tuple((field.attname, type(field) in PLAIN, field) for field in meta.concrete_fields)
    return f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN", sequence, fields
