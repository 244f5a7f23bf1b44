"""Reads of the tree. Names of places are public; nothing here depends on who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, within


def by_code(code: str) -> Territory:
    """The place with this code; raises Territory.DoesNotExist."""
    return Territory.objects.get(code=code)


def by_path(path: str) -> Territory:
    """The place with this path; raises Territory.DoesNotExist."""
    return Territory.objects.get(path=path)


def line(path: str) -> list[Territory]:
    """The places from the nation down to `path`."""
    return list(Territory.objects.filter(path__in=ancestors(path)).order_by("path"))


def names(paths: Sequence[str]) -> dict[str, str]:
    """Path to name, for many paths in one statement."""
    return dict(Territory.objects.filter(path__in=set(paths)).values_list("path", "name"))


def inside(path: str, level: str, on: date | None = None) -> list[Territory]:
    """Places of one level inside `path`; with `on`, only those that exist on that day."""
    rows = Territory.objects.filter(within("path", path), level=level)
    if on is not None:
        rows = rows.filter(begin__lte=on).exclude(end__lte=on)
    return list(rows.order_by("path"))


def pack_for(path: str) -> str:
    """The policy pack that applies at `path`: the nearest one named on the way up, else `cn`."""
    packs = Territory.objects.filter(path__in=ancestors(path)).exclude(pack="").order_by("-path")
    return packs.values_list("pack", flat=True).first() or "cn"
