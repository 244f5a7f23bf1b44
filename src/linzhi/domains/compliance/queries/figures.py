"""What metrics say of many subjects at once: one SELECT for all figures that are queries, one look each for those that are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from linzhi.kernel.clock import day_of
from linzhi.policy.metrics import NEVER, Metric, Scope, Subject, Value


class Row(NamedTuple):
    """One subject with its figures, in the order in which they were asked for. `ref` is its own id, `code` the estate's."""

    ref: int
    path: str
    name: str
    code: str
    values: tuple[Value, ...]


COLUMNS = ("key", "ref", "path", "name", "code")
MOST_JOINED = 48
"""SQLite joins no more than 64 tables in a statement; what is beyond is read by itself."""


def figures(subject: Subject, metrics: Sequence[Metric], scope: Scope) -> Iterator[Row]:
    """Every subject of a kind inside a place on a day with its figures; what a figure says nothing about has its `absent`.

    A subject that a figure names without a value can't be told, whatever `absent` says.
    """
    if not subject.rows(scope).exists():
        return  # an estate alone is asked: no street need be counted
    joined: list[tuple[int, str, Sequence[Any]]] = []
    computed: list[tuple[int, Mapping[Any, Value]]] = []
    for number, metric in enumerate(metrics):
        rows = metric.read(scope)
        if isinstance(rows, QuerySet):
            sql = _sql(rows)
            if sql is not None and len(joined) < MOST_JOINED:
                joined.append((number, *sql))
            elif sql is not None:
                computed.append((number, dict(rows.values_list("key", "value"))))
        else:
            computed.append((number, rows))
    base = _sql(subject.rows(scope))
    if base is None:
        return
    columns = [f"s.{column}" for column in COLUMNS] + [_column(number, metrics[number]) for number, _text, _params in joined]
    statement = f"SELECT {', '.join(columns)} FROM ({base[0]}) s"
    params = list(base[1])
    for number, text, values in joined:
        statement += f" LEFT JOIN ({text}) m{number} ON m{number}.key = s.key"
        params += values
    arranged = _arranged(metrics, [number for number, _text, _params in joined], computed)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        while rows := cursor.fetchmany(2000):
            for row in rows:
                yield Row(row[1], row[2], row[3], row[4], arranged(row))


def _arranged(
    metrics: Sequence[Metric], joined: Sequence[int], computed: Sequence[tuple[int, Mapping[Any, Value]]]
) -> Callable[[Sequence[Any]], tuple[Value, ...]]:
    """What makes the figures of a subject, in the order in which they were asked for, of its row and of what was computed beside."""
    days = [(at, _reader(metrics[number])) for at, number in enumerate(joined) if metrics[number].kind == "date"]
    beside = [(table, _absent(metrics[number]), _reader(metrics[number])) for number, table in computed]
    known = {*joined, *(number for number, _table in computed)}
    silent = [number for number in range(len(metrics)) if number not in known]
    nothing = [_absent(metrics[number]) for number in silent]
    place = {number: at for at, number in enumerate([*joined, *(number for number, _table in computed), *silent])}
    order = [place[number] for number in range(len(metrics))]
    pick = itemgetter(*order) if len(order) > 1 else tuple
    first = len(COLUMNS)

    def arrange(row: Sequence[Any]) -> tuple[Value, ...]:
        found = list(row[first:])
        for at, read in days:
            found[at] = read(found[at])
        key = row[0]
        for table, absent, read in beside:
            found.append(read(table[key]) if key in table else absent)
        found += nothing
        return pick(found)

    return arrange


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]] | None:
    try:
        sql, params = rows.order_by().query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return sql, params


def _absent(metric: Metric) -> Value:
    return (NEVER if metric.absent == 0 else None) if metric.kind == "date" else metric.absent


def _column(number: int, metric: Metric) -> str:
    """The value; where no row names the subject, what is absent counts as, so that NULL always means that it can't be told.

    Counts come as whole numbers, whatever an aggregate made of them.
    """
    if metric.kind in ("date", "word"):
        return f"m{number}.value"
    whole = f"CAST(m{number}.value AS bigint)"
    return whole if metric.absent is None else f"CASE WHEN m{number}.key IS NULL THEN {metric.absent:d} ELSE {whole} END"


def _reader(metric: Metric) -> Callable[[Any], Value]:
    """What turns a column's value into the figure: whole numbers, days, words. A day without a value is one that never came, or None."""
    if metric.kind == "date":
        absent = _absent(metric)
        return lambda raw: absent if raw is None else _day(raw)
    if metric.kind == "word":
        return lambda raw: None if raw is None else str(raw)
    return lambda raw: None if raw is None else int(raw)


def _day(raw: Any) -> date:
    if isinstance(raw, datetime):
        return day_of(raw)
    if isinstance(raw, date):
        return raw
    text = str(raw)
    if len(text) == len("2026-11-20"):
        day = parse_date(text)
    else:
        moment = parse_datetime(text if "+" in text else f"{text}+00:00")
        day = day_of(moment) if moment else None
    if day is None:
        raise ValueError(f"{raw!r} is no day")
    return day
