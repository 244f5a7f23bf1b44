"""How figures are grouped: rows by the part of their path that is a level of the tree, and one definition for several levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from linzhi.foundation.territory.history import inside, moves_after
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, SEGMENT, within
from linzhi.policy.metrics import Kind, Rows, Scope, metric

Query = QuerySet[Any, Any]
LENGTHS = {
    "county": COUNTY_LENGTH,
    "street": COUNTY_LENGTH + SEGMENT,
    "community": COUNTY_LENGTH + 2 * SEGMENT,
    "estate": ESTATE_LENGTH,
}
EVERY = tuple(LENGTHS)
DIVISIONS = ("county", "street", "community")


def by_level(level: str, rows: Query, value: Any = None, field: str = "path", **aggregates: Any) -> Query:
    """Rows grouped by the place of a level in which they lie; `value` is an aggregate, the number of rows if none is given.

    `value` may be made of named `aggregates`.
    """
    return _grouped(rows.annotate(key=Substr(field, 1, LENGTHS[level])), value, aggregates)


def by_field(field: str, rows: Query, value: Any = None, **aggregates: Any) -> Query:
    """Rows grouped by a column that names the subject itself; else as `by_level`."""
    return _grouped(rows.annotate(key=F(field)), value, aggregates)


def _grouped(rows: Query, value: Any, aggregates: dict[str, Any]) -> Query:
    grouped = rows.values("key").annotate(**aggregates).annotate(value=value if value is not None else Count("pk"))
    return grouped.values("key", "value").order_by()


def here(scope: Scope, field: str = "path") -> Q:
    """A filter for rows whose place lay inside the place on the day. The moves of places are looked up once in a reading."""
    moved = scope.once("moved", lambda: bool(moves_after(scope.on)))
    return inside(field, scope.path, scope.on) if moved else within(field, scope.path)


def tally(keys: Iterable[str], level: str) -> dict[str, int]:
    """Paths counted by the place of a level in which they lie, where the database can't do it."""
    found: dict[str, int] = {}
    for path in keys:
        found[path[: LENGTHS[level]]] = found.get(path[: LENGTHS[level]], 0) + 1
    return found


def counts(
    name: str, read: Callable[[Scope, str], Rows], *, title: Any, unit: Any, formula: Any, needs: Any, levels: Iterable[str] = EVERY,
    kind: Kind = "count", absent: int | None = 0, room: str = "",
) -> None:
    """Declare one figure for several levels: `read` is given the scope and the level. Refused when a name is taken."""  # fmt: skip
    for level in levels:

        def at_level(scope: Scope, level: str = level) -> Rows:
            return read(scope, level)

        metric(f"{level}.{name}", title=title, unit=unit, formula=formula, needs=needs, kind=kind, absent=absent, room=room)(at_level)
