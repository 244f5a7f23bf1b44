"""A change of keys, value by value: in batches with a watermark, so that it goes on where it stopped.

The platform keeps running meanwhile. A batch changes a value only if it is still what was read, so that an edit at the same
moment wins; what a process sealed with the old key behind the watermark is found by `needing` before a key is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from linzhi.foundation.privacy.keys import data_ring, index_ring
from linzhi.foundation.privacy.models import KeyWalk
from linzhi.foundation.privacy.stores import Row, Store, goal, stores

BATCH = 500
A_RUN = 40
"""Batches in one run of the job: a second or two, so that other jobs aren't kept waiting."""


@dataclass(frozen=True)
class Standing:
    """How far the walk of one store has come."""

    store: str
    uses: str
    done: int
    total: int
    finished: bool


def begin(at: datetime) -> int:
    """Begin a walk of every store whose last walk was for another key; returns how many begin."""
    begun = 0
    for store in stores():
        walk = KeyWalk.objects.filter(store=store.name).first()
        if walk is None or walk.goal != goal(store.uses):
            restart(store, at)
            begun += 1
    return begun


def restart(store: Store, at: datetime) -> None:
    """Walk a store from its beginning."""
    total = store.table._base_manager.count()
    values = {"goal": goal(store.uses), "after": "", "done": 0, "total": total, "started": at, "finished": None}
    KeyWalk.objects.update_or_create(store=store.name, defaults=values)


def run(at: datetime, most: int = A_RUN, tell: Callable[[int], None] | None = None) -> int:
    """The job: begin what a new key asks for and go on for up to `most` batches; returns how many values were changed."""
    if data_ring().older or index_ring().older:
        begin(at)
    known = {store.name: store for store in stores()}
    changed = 0
    for walk in KeyWalk.objects.filter(finished__isnull=True).order_by("store"):
        store = known.get(walk.store)
        if store is None or walk.goal != goal(store.uses):
            continue
        while most > 0 and walk.finished is None:
            changed += _batch(store, walk, at)
            most -= 1
            if tell is not None:
                tell(BATCH)
    return changed


def _batch(store: Store, walk: KeyWalk, at: datetime) -> int:
    with transaction.atomic():
        rows = _rows(store, walk.after, BATCH)
        changed = _write(store, rows)
        walk.done += len(rows)
        if len(rows) < BATCH:
            walk.finished, walk.total = at, walk.done
        else:
            walk.after = str(rows[-1][0])
        walk.save(update_fields=["after", "done", "total", "finished"])
    return changed


def _rows(store: Store, after: str, most: int) -> list[Row]:
    """(key, column, extra…) beyond a watermark."""
    rows = store.table._base_manager.order_by("pk").annotate(_stored=Cast(store.column, TextField()))
    found = rows.filter(pk__gt=after) if after else rows
    return list(found.values_list("pk", "_stored", *store.extra)[:most])


def _write(store: Store, rows: list[Row]) -> int:
    fresh = store.renew([row[1:] for row in rows])
    meta = store.table._meta
    pk: Any = meta.pk
    column: Any = meta.get_field(store.column)
    changes = [(new, pk.get_db_prep_value(row[0], connection), row[1]) for row, new in zip(rows, fresh, strict=True) if new != row[1]]
    if changes:
        table, key, value = (connection.ops.quote_name(name) for name in (meta.db_table, pk.column, column.column))
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {value} = %s WHERE {key} = %s AND {value} = %s", changes)
    return len(changes)


def needing(uses: str) -> Iterator[tuple[Store, int]]:
    """Each store with how many of its values still need an older key: read through entirely."""
    for store in stores(uses):
        count, after = 0, ""
        while rows := _rows(store, after, BATCH * 4):
            fresh = store.renew([row[1:] for row in rows])
            count += sum(1 for row, new in zip(rows, fresh, strict=True) if new != row[1])
            after = str(rows[-1][0])
        yield store, count


def standing() -> list[Standing]:
    """How far each walk has come, by store; nothing before the first change of keys."""
    uses = {store.name: store.uses for store in stores()}
    return [
        Standing(walk.store, uses[walk.store], walk.done, walk.total, walk.finished is not None)
        for walk in KeyWalk.objects.order_by("store")
        if walk.store in uses
    ]
