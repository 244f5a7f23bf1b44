"""Figures made of facts that can be corrected: as they were on the day, from the rows or, where corrected since, from what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Model, Q, Sum, When

from linzhi.domains.places.metrics.grouping import LENGTHS, Query, by_level, here
from linzhi.domains.places.models import Building, Dwelling, Estate, Space, Venue
from linzhi.domains.places.queries.dated import as_of, in_force
from linzhi.policy.metrics import Rows, Scope, Value

MODELS: Mapping[str, type[Model]] = {"estate": Estate, "building": Building, "dwelling": Dwelling, "venue": Venue, "space": Space}
Where = Mapping[str, tuple[str, ...]]


def rows_of(what: str, scope: Scope) -> Query:
    """The rows of a kind in force on the day inside the place, with the facts of now."""
    return MODELS[what]._default_manager.filter(in_force(scope.on), here(scope))


def corrected(what: str, scope: Scope) -> bool:
    """Whether any of the rows of a kind had other facts on the day; never so today."""
    return bool(scope.once(("corrected", what), lambda: rows_of(what, scope).filter(since__gt=scope.on).exists()))


def then(what: str, rows: Query, scope: Scope) -> list[Any]:
    """The rows with the facts of the day."""
    return as_of(what, list(rows), scope.on)


def fact(field: str) -> Any:
    """A figure: one fact of an estate itself."""

    def read(scope: Scope) -> Rows:
        rows = rows_of("estate", scope)
        if corrected("estate", scope):
            return {row.path: getattr(row, field) for row in then("estate", rows, scope)}
        return rows.values(key=F("path"), value=F(field)).values("key", "value")

    return read


def number(scope: Scope, level: str, what: str, where: Where) -> Rows:
    """How many rows of a kind answer to `where`, by place."""
    rows = rows_of(what, scope)
    if corrected(what, scope):
        found: dict[Any, Value] = {}
        for row in _picked(what, rows, scope, where):
            key = row.path[: LENGTHS[level]]
            found[key] = int(str(found.get(key) or 0)) + 1
        return found
    return by_level(level, rows.filter(_asked(where)))


def total(scope: Scope, level: str, what: str, field: str, where: Where, *, unit: int = 1) -> Rows:
    """The sum of a fact over the rows of a kind, by place, in `unit`s, rests dropped; None where a row lacks the fact."""
    rows = rows_of(what, scope)
    if corrected(what, scope):
        sums: dict[str, int | None] = {}
        for row in _picked(what, rows, scope, where):
            key, value = row.path[: LENGTHS[level]], getattr(row, field)
            before = sums.get(key, 0)
            sums[key] = None if value is None or before is None else before + value
        return {key: None if value is None else value // unit for key, value in sums.items()}
    lacking = Count("pk", filter=Q(**{f"{field}__isnull": True}))
    whole = Sum(field, output_field=IntegerField()) / unit if unit > 1 else Sum(field, output_field=IntegerField())
    return by_level(level, rows.filter(_asked(where)), Case(When(lacking=0, then=F("whole"))), lacking=lacking, whole=whole)


def _asked(where: Where) -> Q:
    return Q(**{f"{name}__in": list(values) for name, values in where.items()})


def _picked(what: str, rows: Query, scope: Scope, where: Where) -> list[Any]:
    return [row for row in then(what, rows, scope) if all(getattr(row, name) in values for name, values in where.items())]
