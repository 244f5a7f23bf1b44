"""Sealed values of the accounts that aren't sealed columns: sessions and the secrets of second factors. A change of keys walks them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core import signing

from linzhi.foundation.accounts.sessions import SessionStore
from linzhi.foundation.privacy import stores
from linzhi.foundation.privacy.stores import Row, Store, reseal


class _SealedText:
    """A serializer that leaves the sealed text of a session as it is."""

    def dumps(self, obj: str) -> bytes:
        return obj.encode("ascii")

    def loads(self, data: bytes) -> str:
        return data.decode("ascii")


def _sessions(rows: Sequence[Row]) -> list[Any]:
    salt = SessionStore().key_salt
    fresh = []
    for (stored,) in rows:
        try:
            sealed = signing.loads(stored, salt=salt, serializer=_SealedText)
        except (signing.BadSignature, UnicodeDecodeError):  # of an earlier secret: it opens nothing any more
            fresh.append(stored)
            continue
        renewed = reseal(sealed)
        fresh.append(stored if renewed == sealed else signing.dumps(renewed, salt=salt, serializer=_SealedText, compress=True))
    return fresh


def _factors(rows: Sequence[Row]) -> list[Any]:
    fresh = []
    for (stored,) in rows:
        before = json.loads(stored) if isinstance(stored, str) else stored
        after = _inside(before)
        fresh.append(stored if after == before else json.dumps(after))
    return fresh


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _inside(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_inside(each) for each in value]
    return reseal(value) if isinstance(value, str) and value.startswith("v1.") else value


stores.register(Store("sessions.Session.session_data", "sessions.Session", "session_data", "data_key", _sessions))
stores.register(Store("mfa.Authenticator.data", "mfa.Authenticator", "data", "data_key", _factors))
