"""Reading with a statement that the ORM builds once.

Building a query costs the ORM several times what running it costs. So a query is built with stand-ins for the values that differ from
call to call, its SQL is kept under a key, and each call only puts its own values in their places. The key must name
everything else that the query depends on: who asks with which grants, which filter, how many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Model, QuerySet, Subquery
from django.db.models.sql import Query

M = TypeVar("M", bound=Model)
MOST = 4000


@dataclass(frozen=True)
class _Statement:
    """`places` says for each parameter which of the given values stands there, or -1; `converters` by column."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[int, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


_kept: dict[Hashable, _Statement | None] = {}


def fetch(key: Hashable, build: Callable[..., QuerySet[Any, Any] | Query], *values: int | str | date | datetime) -> list[tuple[Any, ...]]:
    """The rows of the query that `build` makes of `values`, as tuples. Raises ValueError when a value doesn't reach the query as it is.

    `build` is called only when nothing is kept under the key yet, and then with stand-ins, twice with different ones: whatever differs
    between the two besides the stand-ins themselves was computed from a value (`at + day`, `name[:2]`), also where the same value stands
    elsewhere as it is; that is refused too, since the first call's result would be kept for all.
    """
    full = (connection.vendor, key)
    try:
        statement = _kept[full]
    except KeyError:
        statement = _compile(build, values)
        if len(_kept) >= MOST:
            for old in list(islice(_kept, MOST // 4)):
                _kept.pop(old, None)
        _kept[full] = statement
    if statement is None:  # the query can't find anything, whatever the values
        return []
    given = [_adapted(value) for value in values]
    params = [given[place] if place >= 0 else param for place, param in zip(statement.places, statement.params, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return _converted(found, statement.converters) if statement.converters else found


def load(model: type[M], key: Hashable, build: Callable[..., QuerySet[M, Any]], *values: int | str | date | datetime) -> list[M]:
    """As `fetch`, for a query of whole objects of one model."""
    return [model.from_db(connection.alias, columns(model), row) for row in fetch(key, build, *values)]


@lru_cache(maxsize=256)
def columns(model: type[Model]) -> tuple[str, ...]:
    """The attributes of a model's columns, in the order in which a query of whole objects has them."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def one_row(rows: QuerySet[Any, Any], **aggregates: Aggregate | Subquery) -> Query:
    """The query of `rows.aggregate(**aggregates)`, for `fetch`; columns in the order given. A subquery stands for a value of its own."""
    query = rows.query.clone()
    query.clear_ordering(force=True)
    query.default_cols = False
    query.select_related = False
    for name, aggregate in aggregates.items():
        query.add_annotation(aggregate, name)
    return query


def forget() -> None:
    """Build every statement anew at its next use; for tests."""
    _kept.clear()


def _compile(build: Callable[..., QuerySet[Any, Any] | Query], values: Sequence[Any]) -> _Statement | None:
    first, other = (_built(build, [_stand_in(number, value, kind) for number, value in enumerate(values)]) for kind in (0, 1))
    if first is None or other is None:
        if first is not other:
            raise ValueError("a value decides whether the query can find anything; put it into the key instead")
        return None
    if first.sql != other.sql:
        raise ValueError(f"a value changes the text of the statement; put it into the key instead: {first.sql}")
    lost = set(range(len(values))) - set(first.places)
    if lost:
        raise ValueError(f"values {sorted(lost)} don't reach the statement as they are: {first.sql}")
    fixed = [(one, two) for place, one, two in zip(first.places, first.params, other.params, strict=True) if place < 0]
    if first.places != other.places or any(one != two for one, two in fixed):
        raise ValueError(f"a value reaches the statement as it is and is computed with, too; compute before and give both: {first.sql}")
    return first


def _built(build: Callable[..., QuerySet[Any, Any] | Query], stand_ins: Sequence[Any]) -> _Statement | None:
    built = build(*stand_ins)
    compiler = (built.query if isinstance(built, QuerySet) else built).get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    number_of = {_adapted(stand_in): number for number, stand_in in enumerate(stand_ins)}
    places = tuple(number_of.get(param, -1) if isinstance(param, Hashable) else -1 for param in params)
    expressions = [column[0] for column in compiler.select]
    converters = tuple((at, tuple(found), expression) for at, (found, expression) in compiler.get_converters(expressions).items())
    return _Statement(sql, tuple(params), places, converters)


def _stand_in(number: int, value: Any, kind: int) -> Any:
    """What stands for a value while the query is built: of its type, unlike any that occurs; the two kinds differ in every part."""
    if isinstance(value, datetime):
        return datetime(1801 + kind, 1 + kind, 1 + kind, kind, kind, kind, 7919 + 100 * kind + number, UTC)
    if isinstance(value, date):
        return date(1801 + kind, 1 + kind, number + 1)
    if isinstance(value, int):
        return 8_801_000_000_000_000_000 + 10_001 * kind + number
    return f"\x02{kind}.{number}\x03"


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _converted(rows: list[tuple[Any, ...]], converters: tuple[tuple[int, tuple[Any, ...], Any], ...]) -> list[tuple[Any, ...]]:
    answer = []
    for row in rows:
        values = list(row)
        for at, found, expression in converters:
            for converter in found:
                values[at] = converter(values[at], expression, connection)
        answer.append(tuple(values))
    return answer
