"""Encryption of single values, with the key's name in each value, and blind indexes for look-ups.

Format: `v1.<algorithm>.<key id>.<base64 of nonce + ciphertext>`. Algorithms: SM4-GCM (`s`, the default, GB/T 32907) and
AES-256-GCM (`a`, by the setting LINZHI_DATA_CIPHER). Either opens whatever the setting says now.
"""

from __future__ import annotations

import functools
import hmac
import os
from binascii import Error as BadBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.foundation.privacy.keys import data_ring, index_ring
from linzhi.kernel.refused import Refused

NONCE, TAG = 12, 16
CIPHERS = {"sm4": "s", "aes": "a"}
"""The setting's words and the letter that a value carries."""

Sealer = Callable[[bytes, bytes, bytes], bytes]


def seal(text: str, *, algorithm: str = "") -> str:
    """Encrypt `text` with the current key."""
    head, seal_one, aad = _under(algorithm)
    nonce = os.urandom(NONCE)
    return head + b2a_base64(nonce + seal_one(nonce, text.encode(), aad), newline=False).decode()


def seal_many(texts: Iterable[str], *, algorithm: str = "") -> list[str]:
    """Encrypt many values with the current key; an empty text stays empty."""
    wanted = list(texts)
    head, seal_one, aad = _under(algorithm)
    nonces = os.urandom(NONCE * len(wanted))
    sealed = []
    for at, text in zip(range(0, len(nonces), NONCE), wanted, strict=True):
        nonce = nonces[at : at + NONCE]
        sealed.append(head + b2a_base64(nonce + seal_one(nonce, text.encode(), aad), newline=False).decode() if text else "")
    return sealed


def _under(algorithm: str) -> tuple[str, Sealer, bytes]:
    ring = data_ring()
    return _sealing(algorithm or CIPHERS[settings.DATA_CIPHER], ring.current, ring.keys[ring.current])


@functools.lru_cache(maxsize=16)
def _sealing(letter: str, key_id: str, key: bytes) -> tuple[str, Sealer, bytes]:
    return f"v1.{letter}.{key_id}.", _sealer(letter, key), key_id.encode()


def unseal(stored: str) -> str:
    """Decrypt a stored value. Refused when its key is missing or it was changed."""
    try:
        version, letter, key_id, body = stored.split(".", 3)
        key = data_ring().keys.get(key_id) or data_ring(fresh=True).keys[key_id]
        if version != "v1":
            raise ValueError(version)
        raw = a2b_base64(body)
        return _open(letter, key, raw[:NONCE], raw[NONCE:], key_id.encode()).decode()
    except (KeyError, ValueError, InvalidTag, BadBase64) as error:
        raise Refused("privacy.unreadable", _("这一项打不开：密钥不在，或者内容被改过。请联系系统管理员。"), status=500) from error


def key_of(stored: str) -> str:
    """The id of the key that sealed a value; empty for an empty or foreign text."""
    parts = stored.split(".", 3)
    return parts[2] if len(parts) == 4 and parts[0] == "v1" else ""


@functools.lru_cache(maxsize=16)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)


@functools.lru_cache(maxsize=16)
def _sm4(key: bytes) -> algorithms.SM4:
    # A key of its own, derived from the ring's: one secret never serves two ciphers.
    return algorithms.SM4(hmac.digest(key, b"linzhi.privacy.sm4", "sha256")[:16])


def _sealer(letter: str, key: bytes) -> Sealer:
    if letter == "a":
        return _aes(key).encrypt
    if letter != "s":
        raise ValueError(f"unknown algorithm {letter!r}")
    sm4 = _sm4(key)

    def seal_sm4(nonce: bytes, data: bytes, aad: bytes) -> bytes:
        encryptor = Cipher(sm4, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(aad)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    return seal_sm4


def _open(letter: str, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    if letter == "a":
        return _aes(key).decrypt(nonce, sealed, aad)
    if letter != "s":
        raise ValueError(letter)
    decryptor = Cipher(_sm4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(aad)
    return decryptor.update(sealed[:-TAG]) + decryptor.finalize()


def blind_index(text: str) -> str:
    """A keyed digest of a value, to find equal values without opening any: what a new row keeps."""
    ring = index_ring()
    return _index(ring.keys[ring.current], text)


def blind_indexes(text: str) -> tuple[str, ...]:
    """What a look-up asks for (`phone_index__in=`): one index, and while the index key is being changed also the older one."""
    ring = index_ring()
    return tuple(_index(key, text) for key in ring.keys.values())


def _index(key: bytes, text: str) -> str:
    return hmac.digest(key, text.strip().encode(), "sha256").hex()


def digest(text: str) -> str:
    """A keyed digest that stands for a private input in the audit log. Its key stays when the index key is changed."""
    return "hmac:" + hmac.digest(bytes.fromhex(settings.DIGEST_KEY), b"audit:" + text.encode(), "sha256").hex()[:32]
