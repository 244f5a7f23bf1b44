"""How far an import is: the few writes that its run makes beside the register's own commands.

What a chunk did and the watermark that says so are written in the very transaction of the register's bulk command, so that a process
killed at any moment has done a chunk and says so, or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.models import UNDER_WAY, SheetFault, SheetImport, SheetTrace

SILENT = timedelta(minutes=2)
"""From when on a process that said nothing counts as dead, and another goes on with its import."""


@dataclass(frozen=True)
class Found:
    """Something the preview found in a row, in words."""

    kind: str
    row: int
    column: str
    words: Mapping[str, Any]


@dataclass
class Counts:
    """What a preview counted."""

    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    bad: int = 0
    alike: int = 0
    found: list[Found] = field(default_factory=list)


def claim(pk: int, runner: str, at: datetime) -> bool:
    """Say that this process works at an import now; False when another one does."""
    free = Q(runner="") | Q(runner=runner) | Q(heartbeat__isnull=True) | Q(heartbeat__lte=at - SILENT) | Q(heartbeat__gt=at + SILENT)
    return SheetImport.objects.filter(free, pk=pk, state__in=UNDER_WAY).update(runner=runner, heartbeat=at) == 1


def release(pk: int, runner: str) -> None:
    """Say that this process has left an import to others."""
    SheetImport.objects.filter(pk=pk, runner=runner).update(runner="")


def beat(pk: int, runner: str, seen: int, at: datetime) -> bool:
    """Say how many rows a preview has read; False when somebody stopped it or another process has it."""
    return SheetImport.objects.filter(pk=pk, runner=runner, state="previewing").update(seen=seen, heartbeat=at) == 1


def previewed(pk: int, runner: str, counts: Counts, at: datetime) -> None:
    """Keep what the preview found, unless somebody stopped it."""
    with transaction.atomic():
        mine = SheetImport.objects.filter(pk=pk, runner=runner, state="previewing")
        ready = mine.update(
            state="previewed", total=counts.total, new=counts.new, changed=counts.changed, same=counts.same, bad=counts.bad,
            alike=counts.alike, seen=counts.total, row=0, chunk=0, previewed_at=at, heartbeat=at, why=Sealed.of(""),
        )  # fmt: skip
        if ready:
            SheetFault.objects.filter(sheet_import_id=pk).delete()
            SheetFault.objects.bulk_create(
                [SheetFault(sheet_import_id=pk, kind=one.kind, row=one.row, column=one.column, words=_sealed(one.words))
                 for one in counts.found],
                batch_size=500,
            )  # fmt: skip


def chunk_taken(one: SheetImport, rows: tuple[int, int], tally: Mapping[str, int], trace: list[dict[str, Any]], at: datetime) -> None:
    """Move the watermark past a chunk and keep its trace. Inside the transaction of the chunk, with the import locked."""
    first, last = rows
    if trace:
        SheetTrace.objects.create(
            sheet_import=one, number=one.chunk, first_row=first, last_row=last, count=tally["new"] + tally["changed"],
            trace=_sealed(trace), at=at,
        )  # fmt: skip
    SheetImport.objects.filter(pk=one.pk).update(
        row=last, chunk=F("chunk") + 1, heartbeat=at, taken_new=F("taken_new") + tally["new"],
        taken_changed=F("taken_changed") + tally["changed"], taken_same=F("taken_same") + tally["same"],
        passed_over=F("passed_over") + tally["bad"], seen=F("seen") + sum(tally.values()),
    )  # fmt: skip


def chunk_undone(one: SheetImport, trace: SheetTrace, at: datetime) -> None:
    """Note that a chunk was taken back. Inside the transaction of the register's command, with the import locked."""
    SheetTrace.objects.filter(pk=trace.pk).update(undone_at=at)
    SheetImport.objects.filter(pk=one.pk).update(heartbeat=at, seen=F("seen") + trace.count)


def ended(pk: int, of: Iterable[str], state: str, at: datetime, why: str | None = None) -> bool:
    """Bring an import from one of some states to another, with the reason if there is one; False when it is in neither."""
    facts: dict[str, Any] = {"state": state, "ended_at": at, "heartbeat": at}
    if why is not None:
        facts["why"] = Sealed.of(why)
    return SheetImport.objects.filter(pk=pk, state__in=tuple(of)).update(**facts) == 1


def _sealed(words: Any) -> Sealed:
    return Sealed.of(json.dumps(words, ensure_ascii=False, separators=(",", ":")))
