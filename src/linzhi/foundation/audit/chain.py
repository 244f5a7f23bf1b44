"""Sealing and verifying.

An entry's digest covers every column. A seal's digest covers the seal before it and its links in order.
Entries commit out of order under load, so a batch takes whatever committed entries have no link yet;
the watermark looks back a day, far longer than any transaction lives.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from linzhi.foundation.audit.models import Entry, Link, Seal

BATCH = 5000
GENESIS = "0" * 64
SETTLED = timedelta(days=1)


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with the log: `changed`, `missing`, `chain` or `unsealed`, and where."""

    kind: str
    where: str
    what: str


def entry_digest(entry: Entry) -> str:
    """The hash of every column of an entry, in a canonical form that both databases give back alike."""
    moment = int(entry.at.timestamp() * 1_000_000)
    row = [entry.pk, moment, entry.actor, entry.basis, entry.action, entry.subject, entry.place, entry.data]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_digest(previous: str, number: int, at: datetime, links: Iterable[tuple[int, str]]) -> str:
    """The hash of a batch: the seal before, its own number and time, each entry id with its digest, in order."""
    hasher = hashlib.sha256(f"{previous}\n{number}\n{int(at.timestamp() * 1_000_000)}\n".encode())
    for entry_id, digest in links:
        hasher.update(f"{entry_id}:{digest}\n".encode())
    return hasher.hexdigest()


def seal_batch(at: datetime) -> int:
    """Seal up to one batch of entries that have no link yet; returns how many. Only one sealer runs at a time."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-number").first()
        floor = Seal.objects.filter(at__lt=at - SETTLED).order_by("-number").values_list("highest", flat=True).first() or 0
        linked = Link.objects.filter(entry_id__gt=floor).values("entry_id")
        entries = list(Entry.objects.filter(pk__gt=floor).exclude(pk__in=linked).order_by("pk")[:BATCH])
        if not entries:
            return 0
        number = last.number + 1 if last else 1
        previous = last.digest if last else GENESIS
        pairs = [(entry.pk, entry_digest(entry)) for entry in entries]
        highest = max(entries[-1].pk, last.highest if last else 0)
        seal = Seal.objects.create(
            number=number, at=at, count=len(entries), highest=highest, previous=previous, digest=seal_digest(previous, number, at, pairs)
        )
        Link.objects.bulk_create(Link(entry_id=pk, seal=seal, position=i, digest=d) for i, (pk, d) in enumerate(pairs))
        return len(entries)


def verify() -> Iterator[Flaw]:
    """Walk the whole chain and yield every flaw found; nothing is written."""
    previous, expected = GENESIS, 1
    for seal in Seal.objects.order_by("number").iterator():
        if seal.number != expected:
            yield Flaw("chain", f"seal {expected}", "封存批次不连续，中间缺了一批")
        links = list(Link.objects.filter(seal=seal).order_by("position"))
        if [link.position for link in links] != list(range(seal.count)):
            yield Flaw("chain", f"seal {seal.number}", "这一批的条目数和封存时不一致")
        if seal.previous != previous or seal.digest != seal_digest(
            seal.previous, seal.number, seal.at, [(x.entry_id, x.digest) for x in links]
        ):
            yield Flaw("chain", f"seal {seal.number}", "这一批的链值对不上：有条目被换过、挪过或删过")
        entries = Entry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            entry = entries.get(link.entry_id)
            if entry is None:
                yield Flaw("missing", f"entry {link.entry_id}", "条目不见了")
            elif entry_digest(entry) != link.digest:
                yield Flaw("changed", f"entry {link.entry_id}", "条目的内容被改过")
        previous, expected = seal.digest, seal.number + 1
    newest = Seal.objects.order_by("-number").first()
    if newest is not None:
        late = Entry.objects.filter(at__lt=newest.at - SETTLED, pk__lte=newest.highest).exclude(pk__in=Link.objects.values("entry_id"))
        for pk in late.values_list("pk", flat=True)[:100]:
            yield Flaw("unsealed", f"entry {pk}", "条目早于封存时间，却不在链上")
