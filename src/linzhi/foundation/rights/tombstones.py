"""The list of erasures outside the database: one line each, so that a restored backup can be made to forget again.

It lies in the data folder as `tombstones.jsonl`: numbers of rows and moments, no personal data, each line signed. Whoever restores
an older copy of everything puts the newest list back first; docs/privacy.md says how.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from linzhi.foundation.rights.models import Erasure
from linzhi.kernel.actor import System

NAME = "tombstones.jsonl"
REPLAY = System("rights.replay")


@dataclass(frozen=True)
class Line:
    """One erasure as the list has it."""

    key: UUID
    account_id: int
    subjects: tuple[str, ...]
    at: datetime


def path() -> Path:
    """Where the list lies."""
    return Path(settings.DATA_DIR) / NAME


def append(erasure: Erasure) -> None:
    """Add a line and have it on the disk before returning."""
    facts = {
        "key": str(erasure.key), "account_id": erasure.account_id, "subjects": erasure.subjects, "at": erasure.at.isoformat(),
    }  # fmt: skip
    with path().open("a", encoding="utf-8") as file:
        file.write(json.dumps({**facts, "mac": _mac(facts)}, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(source: Path | None = None) -> Iterator[Line]:
    """The lines of the list. Raises ValueError for one that wasn't written by this installation; a torn last line is passed over."""
    source = source or path()
    lines = source.read_text(encoding="utf-8").split("\n") if source.is_file() else []
    for number, text in enumerate(lines, start=1):
        if not text:
            continue
        try:
            facts = json.loads(text)
        except ValueError:
            if number == len(lines):  # the power failed while it was written; the database has it
                continue
            raise ValueError(f"{source.name}, line {number}: not readable") from None
        mac = facts.pop("mac", "")
        if not hmac.compare_digest(mac, _mac(facts)):
            raise ValueError(f"{source.name}, line {number}: not signed by this installation")
        yield Line(UUID(facts["key"]), facts["account_id"], tuple(facts["subjects"]), datetime.fromisoformat(facts["at"]))


def replay(at: datetime, source: Path | None = None) -> int:
    """Do again what the database doesn't know of, then add to the list what only the database knows; returns how many were done again.

    Run by `linzhi migrate`, and before the server and the worker start.
    """
    from linzhi.foundation.rights.commands.replay_erasure import ReplayErasure, replay_erasure

    listed = {line.key: line for line in read(source)}
    known = set(Erasure.objects.values_list("key", flat=True))
    missing = [line for key, line in listed.items() if key not in known]
    for line in missing:
        cmd = ReplayErasure(key_of_line=line.key, account_id=line.account_id, subjects=line.subjects, erased_at=line.at)
        replay_erasure(REPLAY, cmd, at=at)
    here = set(listed) if source is None else {line.key for line in read()}
    for erasure in Erasure.objects.exclude(key__in=here).order_by("at"):
        append(erasure)
    return len(missing)


def _mac(facts: dict[str, object]) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hmac.digest(bytes.fromhex(settings.DIGEST_KEY), b"tombstone:" + text.encode(), "sha256").hex()
