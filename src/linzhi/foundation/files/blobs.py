"""Blobs on the disk: `aa/bb/<sha256>` and `aa/bb/<sha256>.thumb` under FILES_DIR. Written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from linzhi.kernel import clock

THUMB = ".thumb"


def path_of(sha256: str, *, thumb: bool = False) -> Path:
    """Where a blob lies. Raises ValueError for anything but a SHA-256 in hex."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("a blob is named by its SHA-256")
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / (sha256 + (THUMB if thumb else ""))


def write(content: bytes, thumb: bytes = b"") -> str:
    """Store content under its own digest and return it. Writing it again refreshes the date that the sweeper looks at."""
    sha256 = hashlib.sha256(content).hexdigest()
    if thumb:
        _write_whole(path_of(sha256, thumb=True), thumb)
    _write_whole(path_of(sha256), content)
    return sha256


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _date(Path(draft))
        os.replace(draft, path)  # noqa: PTH105 - one atomic step
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _date(path: Path) -> None:
    written = clock.now().timestamp()  # by our clock, which is the one the sweeper compares with
    os.utime(path, (written, written))


def redate(sha256: str) -> None:
    """Date a blob and its thumbnail as if they were written now; what isn't there is passed over."""
    for path in (path_of(sha256), path_of(sha256, thumb=True)):
        if path.exists():
            _date(path)


def older_than(moment: float) -> Iterator[Path]:
    """Blobs, thumbnails and drafts of killed uploads last written before `moment` (seconds since 1970)."""
    root = Path(settings.FILES_DIR)
    for path in root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        try:
            if path.stat().st_mtime < moment:
                yield path
        except FileNotFoundError:
            continue
    for path in root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/.draft-*"):
        if path.exists() and path.stat().st_mtime < moment:
            yield path
