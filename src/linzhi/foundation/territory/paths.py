"""Materialised paths of five-digit segments: `00001` the nation, `0000100003` its third province.

Digits sort alike under every collation, so a subtree is a plain range that both databases seek.
"""

from __future__ import annotations

from django.db.models import Q

SEGMENT = 5
LEVELS = ("nation", "province", "city", "county", "street", "community", "estate", "building")
COUNTY_LENGTH = SEGMENT * (LEVELS.index("county") + 1)
ESTATE_LENGTH = SEGMENT * (LEVELS.index("estate") + 1)


def child_path(parent: str, number: int) -> str:
    """The path of a parent's child number `number` (1 to 99998)."""
    if not 0 < number < 99999:
        raise ValueError("a node can have at most 99998 children")
    return f"{parent}{number:0{SEGMENT}d}"


def upper_bound(path: str) -> str:
    """The first path after the subtree of `path`."""
    head, last = path[:-SEGMENT], int(path[-SEGMENT:])
    return f"{head}{last + 1:0{SEGMENT}d}"


def covers(path: str, other: str) -> bool:
    """Whether the place `path` is `other` or lies above it."""
    return other.startswith(path)


def ancestors(path: str) -> list[str]:
    """The paths from the nation down to `path` itself."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def within(field: str, path: str) -> Q:
    """A filter for rows whose `field` holds a path inside the subtree of `path`."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": upper_bound(path)})


def county_of(path: str) -> str:
    """The county part of a path; the cell that no domain row reaches out of."""
    return path[:COUNTY_LENGTH]


def estate_of(path: str) -> str:
    """The estate part of a path, or an empty string above estates."""
    return path[:ESTATE_LENGTH] if len(path) >= ESTATE_LENGTH else ""
