"""What an evaluation has seen is compared with what was open: new findings open, mended ones close, words are put right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from linzhi.domains.compliance.models import Finding
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.statements import many
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.kernel.worktime import due
from linzhi.policy.checks import Check

KEPT = ("words", "path", "code", "owner")
"""What is put right in an open finding."""
CHUNK, MANY = 500, 5000
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Seen:
    """One thing amiss: by which check of which pack, about what, where, in which words. `by` is a day that the rule itself names."""

    check: Check
    pack: str
    room: str
    subject: str
    path: str
    words: str
    code: str
    by: date | None


def open_rows(path: str, codes: Collection[str], subjects: Sequence[str]) -> Rows:
    """The open findings of some checks about some subjects inside a place."""
    rows = Finding.objects.filter(within("path", path), check_code__in=codes, closed__isnull=True)
    if len(subjects) > MANY:
        wanted = frozenset(subjects)
        return [row for row in _read(rows) if row[1] in wanted]
    return [row for at in range(0, len(subjects), CHUNK) for row in _read(rows.filter(subject__in=subjects[at : at + CHUNK]))]


def other_open_rows(path: str, codes: Collection[str]) -> Rows:
    """The open findings inside a place of all checks but these."""
    return _read(Finding.objects.filter(within("path", path), closed__isnull=True).exclude(check_code__in=codes))


def _read(rows: QuerySet[Finding]) -> Rows:
    return list(rows.select_for_update().values_list("check_code", "subject", "pk", *KEPT))


def settle(seen: Sequence[Seen], were_open: Rows, at: datetime) -> tuple[int, int]:
    """Open what is new, put right what is open, close what was open and is no longer seen; returns how many opened and closed."""
    open_now = {(row[0], row[1]): row for row in were_open}
    wanted = {(one.check.code, one.subject): one for one in seen}
    gone = [row[2] for key, row in open_now.items() if key not in wanted]
    for first in range(0, len(gone), CHUNK):
        Finding.objects.filter(pk__in=gone[first : first + CHUNK]).update(closed=at)
    days: dict[tuple[str, str], date] = {}
    new = [_opened(one, at, days) for key, one in wanted.items() if key not in open_now]
    many.insert(new)
    changed = []
    for key, row in open_now.items():
        one = wanted.get(key)
        if one is not None and tuple(row[3:]) != (one.words, one.path, one.code, one.check.entry.owner):
            changed.append(Finding(pk=row[2], words=one.words, path=one.path, code=one.code, owner=one.check.entry.owner))
    Finding.objects.bulk_update(changed, KEPT, batch_size=CHUNK)
    return len(new), len(gone)


def _opened(one: Seen, at: datetime, days: dict[tuple[str, str], date]) -> Finding:
    """A new finding; due by the day that the rule names, else so long after today as the check gives."""
    check, key = one.check, (one.check.code, one.pack)
    if key not in days:
        days[key] = day_of(due(at, check.within, work_calendar(day_of(at))).at or at)
    return many.fresh(
        Finding, check_code=check.code, pack=one.pack, force=check.entry.force, subject=one.subject, path=one.path,
        owner=check.entry.owner, room=one.room, words=one.words, code=one.code, opened=at,
        due=max(one.by, day_of(at)) if one.by else days[key], closed=None, excused_until=None, excused_reason="", excused_by="",
    )  # fmt: skip
