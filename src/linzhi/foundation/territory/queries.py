"""Reads of the tree. Names of places are public; nothing here depends on who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Length

from linzhi.foundation.statements.kept import fetch, load
from linzhi.foundation.statements.lately import lately, lately_each
from linzhi.foundation.territory import history
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, within


def by_code(code: str) -> Territory:
    """The place with this code; raises Territory.DoesNotExist."""
    return Territory.objects.get(code=code)


def find(code: str) -> Territory | None:
    """The place with this code, or None; for paths that are asked often."""
    return next(iter(load(Territory, "territory.find", lambda code: Territory.objects.filter(code=code), code)), None)


def by_path(path: str) -> Territory:
    """The place with this path; raises Territory.DoesNotExist."""
    return Territory.objects.get(path=path)


def line(path: str) -> list[Territory]:
    """The places from the nation down to `path`."""
    return list(Territory.objects.filter(path__in=ancestors(path)).order_by("path"))


def names(paths: Sequence[str]) -> dict[str, str]:
    """Path to name, for many paths in one statement; a new name is seen within two seconds."""

    def build(*paths: str) -> QuerySet[Territory, tuple[str, str]]:
        return Territory.objects.filter(path__in=paths).values_list("path", "name")

    return lately_each("territory.names", sorted(set(paths)), lambda asked: dict(fetch(("territory.names", len(asked)), build, *asked)))


def outline(path: str, levels: Sequence[str], most: int) -> list[tuple[str, str, str]]:
    """Code, path and name of the places of some levels inside `path` that haven't ended, in the order of the tree.

    A new place is seen within two seconds.
    """
    key = ("territory.outline", path, tuple(levels), most)

    def build() -> QuerySet[Territory, tuple[str, str, str]]:
        rows = Territory.objects.filter(within("path", path), level__in=levels, end__isnull=True).order_by("path")
        return rows.values_list("code", "path", "name")[:most]

    return lately(key, lambda: [(code, inner, name) for code, inner, name in fetch(key, build)])


def inside(path: str, level: str, on: date | None = None) -> list[Territory]:
    """Places of one level inside `path`; with `on`, those that lay there and existed on that day."""
    if on is None:
        return list(Territory.objects.filter(within("path", path), level=level).order_by("path"))
    rows = Territory.objects.filter(history.inside("path", path, on), level=level, begin__lte=on)
    return list(rows.exclude(end__lte=on).order_by("path"))


def pack_for(path: str) -> str:
    """The policy pack that applies at `path`: the nearest one named on the way up, else `cn`. A place is given its pack when it is made."""
    line = ancestors(path)

    def build(*line: str) -> QuerySet[Territory, tuple[str]]:
        # The nearest is the longest path; two moved steps of one line may sort otherwise.
        return Territory.objects.filter(path__in=line).exclude(pack="").order_by(Length("path").desc()).values_list("pack")[:1]

    def ask() -> str:
        found = fetch(("territory.pack_for", len(line)), build, *line)
        return str(found[0][0]) if found else "cn"

    return lately(("territory.pack_for", path), ask)
