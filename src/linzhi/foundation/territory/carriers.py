"""Which columns hold paths, and so follow when a place is hung elsewhere.

By convention every column `path` of every table does, so that no table is forgotten. `also` names others, `stays` those that don't
follow, with the reason. Declared in `config/wiring.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Model, Q
from django.db.models.functions import Substr

from linzhi.foundation.territory.paths import upper_bound

# (label of the model, column): why
_also: dict[tuple[str, str], str] = {}
_stays: dict[tuple[str, str], str] = {}
_sits: dict[tuple[str, str], str] = {}


def also(label: str, column: str, why: str) -> None:
    """A column of another name that holds a path and follows."""
    _also[label.lower(), column] = why


def stays(label: str, column: str, why: str) -> None:
    """A column that doesn't follow when its place moves: power is never carried, it is given anew."""
    _stays[label.lower(), column] = why


def sits(label: str, column: str, why: str) -> None:
    """A column that follows its place, but isn't handed to the successor when the place itself ends."""
    _sits[label.lower(), column] = why


def carriers(*, absorbing: bool = False) -> Iterator[tuple[type[Model], str]]:
    """Model and column of everything that follows a moved place; `absorbing`: that a successor takes over from an ended place."""
    for model in apps.get_models():
        label = model._meta.label_lower
        if label.startswith("territory.") or not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            key = (label, field.name)
            follows = (field.name == "path" and isinstance(field, CharField)) or key in _also
            if follows and key not in _stays and not (absorbing and key in _sits):
                yield model, field.name


def staying() -> dict[tuple[str, str], str]:
    """What was declared not to follow, with the reason."""
    return dict(_stays)


def lying_in(paths: list[str], leave_out: set[str]) -> str:
    """One of these places (all of one level) in which a row of another table than `leave_out` lies; empty when there is none.

    One statement for each table.
    """
    if not paths:
        return ""
    columns = [(model, column) for model, column in carriers() if model._meta.label_lower not in leave_out]
    columns += [(apps.get_model(label), column) for label, column in _stays]
    length = len(paths[0])
    for model, column in columns:
        near = Q(**{f"{column}__gte": min(paths), f"{column}__lt": upper_bound(max(paths))})
        rows = model._default_manager.filter(near).annotate(head=Substr(column, 1, length)).filter(head__in=paths)
        found = rows.values_list("head", flat=True).first()
        if found is not None:
            return str(found)
    return ""
