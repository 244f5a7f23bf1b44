"""Where sealed values are kept: what a change of keys has to walk.

Sealed columns and blind indexes are found by themselves; a part that seals anything else (a JSON document, sessions)
registers a Store for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.keys import data_ring, index_ring
from linzhi.foundation.privacy.sealing import CIPHERS, key_of, seal, seal_many, unseal

Row = tuple[Any, ...]
"""A row's column as the database holds it (a sealed one as its stored text, JSON as text), then the columns named in `extra`."""


@dataclass(frozen=True)
class Store:
    """One column of one table. `uses` names the ring: `data_key` or `index_key`.

    `renew` gives what the column of each row should hold under the current key: the same value where nothing has to change.
    """

    name: str
    model: str
    column: str
    uses: str
    renew: Callable[[Sequence[Row]], list[Any]]
    extra: tuple[str, ...] = ()

    @property
    def table(self) -> type[models.Model]:
        """The model."""
        return apps.get_model(self.model)


_others: dict[str, Store] = {}


def register(store: Store) -> None:
    """Register a store that isn't a sealed column. Raises ValueError when its name is taken."""
    if store.name in _others:
        raise ValueError(f"store {store.name} is registered twice")
    _others[store.name] = store


def stores(uses: str = "") -> list[Store]:
    """Every store of one ring, or of both, by name."""
    found = [
        Store(f"{model._meta.label}.{column}", model._meta.label, column, "data_key", _resealed)
        for model, column in personal.sealed_columns()
    ]
    found += [
        Store(f"{one.model}.{one.field}", one.model, one.field, "index_key", _reindexed(one.make), one.sources)
        for one in personal.indexes()
    ]
    found += _others.values()
    return sorted((store for store in found if uses in ("", store.uses)), key=lambda store: store.name)


def head() -> str:
    """How a value under the current key and cipher begins."""
    return f"v1.{CIPHERS[settings.DATA_CIPHER]}.{data_ring().current}."


def goal(uses: str) -> str:
    """What a finished walk has brought every value to: the current cipher and key of a ring, in words."""
    return head() if uses == "data_key" else index_ring().current


def reseal(text: str) -> str:
    """One sealed text under the current key and cipher; what is so already, and what isn't sealed, stays as it is."""
    return seal(unseal(text)) if text and key_of(text) and not text.startswith(head()) else text


def _resealed(rows: Sequence[Row]) -> list[Any]:
    start = head()
    old = [at for at, (text, *_extra) in enumerate(rows) if text and not text.startswith(start)]
    texts: list[Any] = [text for text, *_extra in rows]
    for at, sealed in zip(old, seal_many(unseal(texts[at]) for at in old), strict=True):
        texts[at] = sealed
    return texts


def _reindexed(make: Callable[..., str]) -> Callable[[Sequence[Row]], list[Any]]:
    def renew(rows: Sequence[Row]) -> list[Any]:
        return [make(*map(_clear, sources)) if index else index for index, *sources in rows]

    return renew


def _clear(value: Any) -> Any:
    return value.open_value() if isinstance(value, Sealed) else value
