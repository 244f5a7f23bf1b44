"""What this installation has entered itself, as packs below the shipped ones.

A place with approved values is a pack `place:<code>`, whose parent is the nearest such pack or shipped pack above it; so that
everything that holds of packs (chain, override, what is unlawful) holds of it. Where a shipped pack begins below such a place, its copy
`<pack>@<code>` hangs below the place's pack, or its ground would skip what the county has entered.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Subquery, Sum
from django.db.models.sql import Query

from linzhi.foundation.statements.kept import fetch, one_row
from linzhi.foundation.statements.lately import lately
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Former, Territory
from linzhi.foundation.territory.paths import SEGMENT, ancestors, within
from linzhi.kernel.clock import day_of
from linzhi.policy.load import put_entered, shipped
from linzhi.policy.models import EnteredValue
from linzhi.policy.pack import Cited, DatedValue, Pack, Packs, Source
from linzhi.policy.values import Shape, parse
from linzhi.policy.yaml_lines import Document

Version = tuple[Any, ...]
NOTHING: Version = ()
DEFAULT = "cn"


@dataclass(frozen=True)
class _Known:
    """What was read last: its version, and for each place at which a pack begins because of it, the pack that applies there."""

    version: Version
    packs: Mapping[str, str]


_known = _Known(NOTHING, {})
_reading = threading.Lock()


def nearest(path: str) -> str | None:
    """The pack that applies at a path, if anything was entered there or above; None where the shipped packs alone decide."""
    known = _lately()
    if not known.packs:
        return None
    return next((known.packs[step] for step in reversed(ancestors(path)) if step in known.packs), None)


def inside(path: str) -> dict[str, str]:
    """The paths inside a place at which another pack begins because something was entered there or above, with that pack."""
    return {node: name for node, name in _lately().packs.items() if node.startswith(path) and node != path}


def from_plain(shape: Shape, raw: Any) -> Any:
    """The exact value of what JSON says of a parameter of this shape. Raises ValueError with a sentence."""
    if (shape.of or shape.type) == "date":
        raw = _dates(raw)
    return parse(shape, raw)


def dated(row: EnteredValue, shape: Shape, document: Document) -> DatedValue:
    """An entered value as a pack has it. Raises ValueError when the value doesn't fit the parameter any more."""
    value = from_plain(shape, json.loads(row.value))
    until = min((day for day in (row.end, row.stopped) if day), default=None)
    cited = None if row.local else Cited(_source(row), row.article)
    entered = day_of(row.approved_at or row.proposed_at)
    return DatedValue(value, row.begin, until, cited, row.local, entered, None, "", document, ())


def document_of(rows: list[EnteredValue], code: str) -> Document:
    """What stands for a file: its digest changes with every row."""
    text = json.dumps([(row.pk, row.key, row.value, row.begin, row.end, row.stopped, row.state) for row in rows], default=str)
    return Document(Path(f"place:{code}") / "entered.yaml", [], hashlib.sha256(text.encode()).hexdigest(), {})


def forget() -> None:
    """Read everything anew at the next question; for tests."""
    global _known
    _known = _Known(NOTHING, {})
    put_entered(None)


def _source(row: EnteredValue) -> Source:
    # Somebody else has compared the value with the document only where it is attached.
    url = f"/files/{row.document}/" if row.document else ""
    verified = row.document is not None
    return Source(f"entered-{row.pk}", row.title, row.issuer, "entered", verified, row.number, row.issued, url=url)


def _dates(raw: Any) -> Any:
    if isinstance(raw, str):
        return date.fromisoformat(raw)
    if isinstance(raw, list):
        return [_dates(item) for item in raw]
    if isinstance(raw, dict):
        return {key: _dates(item) for key, item in raw.items()}
    return raw


def _lately() -> _Known:
    """What was entered, at most two seconds old; one small look where nothing has changed."""
    global _known
    version = lately("policy.entered", _version)
    testing = settings.MODE == "test"  # a test rolls back what it entered and may enter something else under the same version
    if version == _known.version and (version == NOTHING or not testing):
        return _known
    with _reading:
        if not testing:  # another thread may have read meanwhile what is newer than our look
            version = _version()
        if version != _known.version or testing:
            _known = _read(version)
    return _known


def _version() -> Version:
    """Something that changes with every approval, withdrawal and end, and when a place moves or gets another code."""

    def build() -> Query:
        approved = Q(state="approved")
        rows = EnteredValue.objects.filter(approved_at__isnull=False)
        return one_row(
            rows, every=Count("pk"), n=Count("pk", filter=approved), ids=Sum("pk", filter=approved), stops=Sum("stopped_by_id"),
            moved=Subquery(Former.objects.order_by("-pk").values("pk")[:1]),
        )  # fmt: skip

    row = fetch("policy.entered.version", build)[0]
    return row if row[0] else NOTHING


def _read(version: Version) -> _Known:
    if version == NOTHING:
        put_entered(None)
        return _Known(NOTHING, {})
    rows = list(EnteredValue.objects.filter(approved_at__isnull=False, kind="set").order_by("path", "key", "begin", "pk"))
    by_path: dict[str, list[EnteredValue]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    places = Territory.objects.filter(reduce(or_, (within("path", path) for path in by_path)))
    nodes = {place.path: place for place in places.filter(Q(path__in=list(by_path)) | ~Q(pack=""))}
    base = shipped()
    made: dict[str, Pack] = {}
    applying: dict[str, str] = {}
    for path in sorted(nodes, key=len):
        place = nodes[path]
        above = next((applying[step] for step in reversed(ancestors(path[:-SEGMENT])) if step in applying), None)
        parent = above
        if above is None:
            name = territory.pack_for(path)
            parent = name if name in base.by_name else DEFAULT
        elif place.pack in base.by_name:
            parent = _repeated(place, above, made, base)
        assert parent is not None
        if path in by_path:
            made[f"place:{place.code}"] = _pack(place, parent, by_path[path], base)
            parent = f"place:{place.code}"
        applying[path] = parent
    put_entered(Packs(MappingProxyType({**base.by_name, **made}), base.parameters))
    return _Known(version, applying)


def _repeated(place: Territory, above: str, made: dict[str, Pack], base: Packs) -> str:
    """Hang the shipped pack that begins at a place below what was entered above it, with those of its line that aren't there yet."""
    there: set[str] = set()
    step: str | None = above
    while step is not None:
        pack = made.get(step) or base.by_name[step]
        there |= {pack.name, pack.repeats}
        step = pack.parent
    for pack in base.chain(place.pack):
        if pack.name not in there:
            copy = replace(pack, name=f"{pack.name}@{place.code}", parent=above, division_codes=(), repeats=pack.name)
            made[copy.name] = copy
            above = copy.name
    return above


def _pack(place: Territory, parent: str, rows: list[EnteredValue], base: Packs) -> Pack:
    document = document_of(rows, place.code)
    values: dict[str, list[DatedValue]] = {}
    sources: dict[str, Source] = {}
    for row in rows:
        parameter = base.parameters.get(row.key)
        if row.state != "approved" or parameter is None:  # a key that a newer version of the packs no longer has
            continue
        try:
            value = dated(row, parameter.shape, document)
        except ValueError:
            continue  # nor a value that its new description no longer admits; the history of the place still shows it
        values.setdefault(row.key, []).append(value)
        if value.cited:
            sources[value.cited.source.id] = value.cited.source
    held = {key: tuple(sorted(items, key=lambda item: item.begin)) for key, items in values.items()}
    return Pack(
        f"place:{place.code}", place.level, place.name, parent, place.name, False, (), "",
        MappingProxyType(sources), MappingProxyType(held), (document,),
    )  # fmt: skip
