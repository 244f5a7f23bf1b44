"""Encryption of single values, with the key's name in each value, and blind indexes for look-ups.

Format: `v1.<algorithm>.<key id>.<base64 of nonce + ciphertext>`. Algorithms: AES-256-GCM (`a`), SM4-GCM (`s`).
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.kernel.refused import Refused


@functools.cache
def _keys() -> dict[str, bytes]:
    """Key id to key. The first is used for new values; later ones only open old values."""
    ring = {}
    for entry in settings.DATA_KEY.split(","):
        raw = bytes.fromhex(entry.strip())
        ring[hashlib.sha256(raw).hexdigest()[:8]] = raw
    return ring


def seal(text: str, *, algorithm: str = "a") -> str:
    """Encrypt `text` with the current key."""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(12)
    data = text.encode()
    if algorithm == "a":
        body = AESGCM(key).encrypt(nonce, data, key_id.encode())
    elif algorithm == "s":
        encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(key_id.encode())
        body = encryptor.update(data) + encryptor.finalize() + encryptor.tag
    else:
        raise ValueError(f"unknown algorithm {algorithm!r}")
    return f"v1.{algorithm}.{key_id}.{base64.b64encode(nonce + body).decode()}"


def unseal(stored: str) -> str:
    """Decrypt a stored value. Refused when its key is missing or it was changed."""
    try:
        version, algorithm, key_id, body = stored.split(".", 3)
        raw = base64.b64decode(body)
        key = _keys()[key_id]
        if version != "v1":
            raise ValueError(version)
        nonce, sealed = raw[:12], raw[12:]
        if algorithm == "a":
            return AESGCM(key).decrypt(nonce, sealed, key_id.encode()).decode()
        decryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, sealed[-16:])).decryptor()
        decryptor.authenticate_additional_data(key_id.encode())
        return (decryptor.update(sealed[:-16]) + decryptor.finalize()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise Refused("privacy.unreadable", _("这一项打不开：密钥不在，或者内容被改过。请联系系统管理员。"), status=500) from error


def blind_index(text: str) -> str:
    """A keyed digest of a value, to find equal values without opening any."""
    return hmac.new(bytes.fromhex(settings.INDEX_KEY), text.strip().encode(), hashlib.sha256).hexdigest()


def digest(text: str) -> str:
    """A keyed digest that stands for a private input in the audit log."""
    return "hmac:" + hmac.new(bytes.fromhex(settings.INDEX_KEY), b"audit:" + text.encode(), hashlib.sha256).hexdigest()[:32]
