"""From an upload to a blob, before any transaction: pictures take a while to redraw, and a database shouldn't wait for them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from linzhi.foundation.files import blobs, kinds, pictures
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.privacy.masking import mask_phones_in
from linzhi.kernel.actor import Actor


@dataclass(frozen=True)
class Prepared:
    """A checked file whose blob is on the disk. It can only come from `prepare`, so a command may trust it."""

    sha256: str
    kind: kinds.Kind
    size: int
    width: int | None
    height: int | None
    name: str


def prepare(upload: IO[bytes], name: str = "") -> Prepared:
    """Check an upload, redraw it if it is a photo, and write its blob. Refused as `kinds.tell` and `pictures.redraw` say."""
    content = upload.read(kinds.OTHER_BYTES + 1)
    kind = kinds.tell(content, name)
    if kind.kind == "image":
        picture = pictures.redraw(content, kind)
        sha256 = blobs.write(picture.content, picture.thumb)
        return Prepared(sha256, kind, len(picture.content), picture.width, picture.height, "")
    return Prepared(blobs.write(content), kind, len(content), None, None, clean_name(name, kind.ending))


def clean_name(name: str, ending: str) -> str:
    """A short form of the sender's file name: no folders, controls or marks of direction, no phone numbers, the true ending."""
    stem = PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0]
    plain = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] not in "CZ" or c == " ")
    plain = mask_phones_in(plain).strip(" .")[:40]
    return f"{plain}.{ending}" if plain else ""


def take(actor: Actor, upload: IO[bytes], name: str = "", *, session_key: str = "", at: datetime | None = None) -> StoredFile:
    """Prepare and store an upload in one go. `session_key` is what lets somebody not signed in use the file later."""
    from linzhi.foundation.files.commands import StoreUpload, store_upload

    return store_upload(actor, StoreUpload(upload=prepare(upload, name), session_key=session_key), at=at)
