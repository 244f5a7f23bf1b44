"""The uploaded workbooks in the data folder (`sheets/`), sealed where they name people, until they are forgotten.

A sealed file has a key of its own, which the import keeps as a sealed value: a change of the platform's keys re-seals that value, and the
file needs no other. It is sealed piece by piece, each bound to its place.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.kernel import clock
from linzhi.kernel.refused import NotFound

PIECE = 1024 * 1024
NONCE, TAG = 12, 16
SEALED, PLAIN = ".sealed", ".xlsx"


def digest_of(content: bytes) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Kept:
    """The name that a file is kept under, and its key, empty for one that isn't sealed."""

    name: str
    key: str = ""


def keep(content: bytes, *, sealed: bool) -> Kept:
    """Write a file, whole or not at all. SM4-GCM or AES-256-GCM, as the setting LINZHI_DATA_CIPHER says."""
    key = f"{settings.DATA_CIPHER}:{secrets.token_hex(32 if settings.DATA_CIPHER == 'aes' else 16)}" if sealed else ""
    name = uuid.uuid4().hex + (SEALED if sealed else PLAIN)
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(_sealed(content, key) if sealed else content)
            out.flush()
            os.fsync(out.fileno())
        written = clock.now().timestamp()  # dated by our clock, which is the one the sweeper compares with
        os.utime(draft, (written, written))
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return Kept(name, key)


def read(name: str, key: str, digest: str) -> bytes:
    """The content of a kept file. Raises NotFound when it was forgotten, is gone, or isn't the file with this digest any more."""
    if not name:
        raise NotFound(_("这张表已经删掉了，只留下导入的记录。要接着办，请重新上传。"))
    try:
        raw = _path(name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(_("这张表的文件不在了。请重新上传。")) from error
    content = _opened(raw, key) if name.endswith(SEALED) else raw
    if content is None or digest_of(content) != digest:
        raise NotFound(_("这张表的文件和上传时不一样了，不能再用。请重新上传。"))
    return content


def forget(name: str) -> None:
    """Delete a kept file; nothing happens when it is gone already."""
    if name:
        _path(name).unlink(missing_ok=True)


def older_than(moment: float) -> Iterator[Path]:
    """Kept files and drafts of killed uploads last written before `moment` (seconds since 1970)."""
    folder = Path(settings.DATA_DIR) / "sheets"
    for path in folder.glob("*") if folder.is_dir() else ():
        try:
            if path.stat().st_mtime < moment:
                yield path
        except FileNotFoundError:
            continue
    for path in folder.glob(".draft-*"):
        if path.exists() and path.stat().st_mtime < moment:
            yield path


def _sealed(content: bytes, key: str) -> bytes:
    pieces = []
    for number, begin in enumerate(range(0, len(content), PIECE)):
        nonce, place = os.urandom(NONCE), number.to_bytes(4, "big")
        pieces.append(nonce + _seal(key, nonce, content[begin : begin + PIECE], place))
    return b"".join(pieces)


def _opened(raw: bytes, key: str) -> bytes | None:
    """The content, or None when it was changed or the key is another's."""
    whole, pieces = NONCE + PIECE + TAG, []
    try:
        for number, begin in enumerate(range(0, len(raw), whole)):
            piece = raw[begin : begin + whole]
            pieces.append(_open(key, piece[:NONCE], piece[NONCE:], number.to_bytes(4, "big")))
    except (InvalidTag, ValueError):
        return None
    return b"".join(pieces)


def _seal(key: str, nonce: bytes, data: bytes, place: bytes) -> bytes:
    cipher, _colon, text = key.partition(":")
    if cipher == "aes":
        return AESGCM(bytes.fromhex(text)).encrypt(nonce, data, place)
    encryptor = Cipher(algorithms.SM4(bytes.fromhex(text)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place)
    return encryptor.update(data) + encryptor.finalize() + encryptor.tag


def _open(key: str, nonce: bytes, data: bytes, place: bytes) -> bytes:
    cipher, _colon, text = key.partition(":")
    if cipher == "aes":
        return AESGCM(bytes.fromhex(text)).decrypt(nonce, data, place)
    decryptor = Cipher(algorithms.SM4(bytes.fromhex(text)), modes.GCM(nonce, data[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(place)
    return decryptor.update(data[:-TAG]) + decryptor.finalize()


def _path(name: str) -> Path:
    stem, dot, ending = name.partition(".")
    if len(stem) != 32 or not set(stem) <= set("0123456789abcdef") or dot + ending not in (SEALED, PLAIN):
        raise ValueError("not the name of a kept sheet")
    return Path(settings.DATA_DIR) / "sheets" / name
