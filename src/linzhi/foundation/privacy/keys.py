"""Rings of keys: the first is for new values, later ones only open old values.

A ring is text of hex keys with commas between, from the environment or from a file of the installation. A file is read again
when it changes, so that a key added while the platform runs reaches every process within `REFRESH` seconds.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

REFRESH = 5.0
"""Seconds after which a changed file of keys is noticed at the latest."""
ID_LENGTH = 8


@dataclass(frozen=True)
class Ring:
    """Key id to key, in the order of the ring; `current` seals new values."""

    keys: dict[str, bytes]
    current: str

    @property
    def older(self) -> tuple[str, ...]:
        """The ids of keys that only open old values."""
        return tuple(key for key in self.keys if key != self.current)


@dataclass
class _Held:
    said: str
    text: str
    ring: Ring
    until: float


_held: dict[str, _Held] = {}


def id_of(key: bytes) -> str:
    """A key's name, which stands in every value it sealed and says nothing about the key."""
    return hashlib.sha256(key).hexdigest()[:ID_LENGTH]


def parse(text: str) -> Ring:
    """A ring from its text. Raises ValueError for an empty one, a key that isn't hex or is shorter than 32 bytes."""
    keys = {}
    for entry in text.split(","):
        raw = bytes.fromhex(entry.strip())
        if len(raw) < 32:
            raise ValueError("a key has 32 bytes, 64 hex digits")
        keys[id_of(raw)] = raw
    return Ring(keys, next(iter(keys)))


def data_ring(*, fresh: bool = False) -> Ring:
    """The keys that seal values. `fresh` reads the file now."""
    return _ring("data_key", settings.DATA_KEY, fresh)


def index_ring(*, fresh: bool = False) -> Ring:
    """The keys of blind indexes. With two, a change of keys is under way: writes use the first, look-ups both."""
    return _ring("index_key", settings.INDEX_KEY, fresh)


def forget() -> None:
    """Read every ring anew at its next use."""
    _held.clear()


def file_of(name: str) -> Path | None:
    """The file that holds a ring, or None when the environment gives it."""
    path: Path | None = settings.KEY_FILES.get(name)
    return path


def add(name: str) -> str:
    """Put a new key in front of the ring's file; returns its id.

    Raises ValueError when the environment gives the ring or a change is under way.
    """
    path, ring = _file(name), _now(name)
    if len(ring.keys) > 1:
        raise ValueError("a change of this key is under way")
    raw = secrets.token_bytes(32)
    _write(path, [raw, *ring.keys.values()])
    _now(name)
    return id_of(raw)


def drop_older(name: str) -> tuple[str, ...]:
    """Leave only the current key in the ring's file; returns the ids that went. Raises ValueError when the environment gives the ring."""
    path, ring = _file(name), _now(name)
    _write(path, [ring.keys[ring.current]])
    _now(name)
    return ring.older


def _file(name: str) -> Path:
    path = file_of(name)
    if path is None or not path.is_file():
        raise ValueError("this key is given by the environment")
    return path


def _write(path: Path, keys: list[bytes]) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.touch(mode=0o600)
    draft.write_text(",".join(key.hex() for key in keys))
    draft.replace(path)


def _now(name: str) -> Ring:
    return data_ring(fresh=True) if name == "data_key" else index_ring(fresh=True)


def _ring(name: str, said: str, fresh: bool) -> Ring:
    held = _held.get(name)
    if held is not None and held.said == said and not fresh and time.monotonic() < held.until:
        return held.ring
    path = file_of(name)
    text = path.read_text().strip() if path is not None and path.is_file() else said
    if held is not None and held.said == said and held.text == text:
        held.until = time.monotonic() + REFRESH
        return held.ring
    held = _held[name] = _Held(said, text, parse(text), time.monotonic() + REFRESH)
    return held.ring
