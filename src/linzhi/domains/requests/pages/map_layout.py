"""Where a place stands on the schematic map: pure arithmetic, no ORM."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isqrt

Point = tuple[Decimal, Decimal]
"""Latitude and longitude in degrees."""
MOST_COLUMNS = 4


def columns_for(count: int) -> int:
    """How many columns `count` places take: up to three stand side by side, more make a square."""
    if count <= 3:
        return max(count, 1)
    root = isqrt(count)
    return min(root + (root * root < count), MOST_COLUMNS)


def cells(points: Sequence[Point | None]) -> list[tuple[int, int]]:
    """A cell (column, row), from 1, for each place, no two the same: north is up and west is left where all positions are known,
    else in the given order."""
    columns = columns_for(len(points))
    order = list(range(len(points)))
    if all(point is not None for point in points):
        by_north = sorted(order, key=lambda n: (-points[n][0], points[n][1]))  # type: ignore[index]
        rows = [by_north[begin : begin + columns] for begin in range(0, len(by_north), columns)]
        order = [n for row in rows for n in sorted(row, key=lambda n: (points[n][1], n))]  # type: ignore[index]
    found = {n: (place % columns + 1, place // columns + 1) for place, n in enumerate(order)}
    return [found[n] for n in range(len(points))]


def middle(points: Sequence[Point | None]) -> Point | None:
    """The mean of several positions, or None where one of them isn't known."""
    known = [point for point in points if point is not None]
    if not known or len(known) < len(points):
        return None
    return sum((point[0] for point in known), Decimal()) / len(known), sum((point[1] for point in known), Decimal()) / len(known)
