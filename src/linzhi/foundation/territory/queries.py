"""Reads of the tree. Names of places are public; nothing here depends on who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from linzhi.foundation.statements.kept import fetch
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
    wanted = sorted(set(paths))

    def build(*paths: str) -> QuerySet[Territory, tuple[str, str]]:
        return Territory.objects.filter(path__in=paths).values_list("path", "name")

    return dict(fetch(("territory.names", len(wanted)), build, *wanted)) if wanted else {}


def outline(path: str, levels: Sequence[str], most: int) -> list[tuple[str, str, str]]:
    """Code, path and name of the places of some levels inside `path` that haven't ended, in the order of the tree."""

    def build() -> QuerySet[Territory, tuple[str, str, str]]:
        rows = Territory.objects.filter(within("path", path), level__in=levels, end__isnull=True).order_by("path")
        return rows.values_list("code", "path", "name")[:most]

    return [(code, inner, name) for code, inner, name in fetch(("territory.outline", path, tuple(levels), most), build)]


def inside(path: str, level: str, on: date | None = None) -> list[Territory]:
    """Places of one level inside `path`; with `on`, only those that exist on that day."""
    rows = Territory.objects.filter(within("path", path), level=level)
    if on is not None:
        rows = rows.filter(begin__lte=on).exclude(end__lte=on)
    return list(rows.order_by("path"))


def pack_for(path: str) -> str:
    """The policy pack that applies at `path`: the nearest one named on the way up, else `cn`."""
    line = ancestors(path)

    def build(*line: str) -> QuerySet[Territory, tuple[str]]:
        return Territory.objects.filter(path__in=line).exclude(pack="").order_by("-path").values_list("pack")[:1]

    found = fetch(("territory.pack_for", len(line)), build, *line)
    return str(found[0][0]) if found else "cn"
