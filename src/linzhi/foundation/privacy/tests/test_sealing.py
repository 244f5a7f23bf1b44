"""What is sealed stays sealed."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from linzhi.foundation.privacy import keys
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.masking import mask, mask_phones_in
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes, key_of, seal, seal_many, unseal
from linzhi.kernel.refused import Refused


@pytest.fixture(autouse=True)
def _rings_of_their_own(settings: Any) -> Iterator[None]:
    keys.forget()
    yield
    keys.forget()


@pytest.mark.parametrize("algorithm", ["a", "s"])
def test_a_sealed_value_opens_to_what_it_was(algorithm: str) -> None:
    stored = seal("13912345678 王秀兰", algorithm=algorithm)
    assert "139" not in stored and unseal(stored) == "13912345678 王秀兰"


def test_the_same_value_is_never_sealed_alike_twice_but_has_one_index() -> None:
    assert seal("13912345678") != seal("13912345678")
    assert blind_index("13912345678") == blind_index(" 13912345678 ")
    assert blind_index("13912345678") != blind_index("13912345679")


@pytest.mark.parametrize("algorithm", ["a", "s"])
def test_a_changed_value_is_refused_not_misread(algorithm: str) -> None:
    stored = seal("13912345678", algorithm=algorithm)
    spoiled = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]
    with pytest.raises(Refused, match="privacy.unreadable"):
        unseal(spoiled)


def test_an_old_key_still_opens_and_a_lost_one_is_said(settings: Any) -> None:
    stored = seal("旧密钥")
    settings.DATA_KEY = "ab" * 32 + "," + settings.DATA_KEY
    assert unseal(stored) == "旧密钥"
    fresh = seal("新密钥")
    assert key_of(fresh) != key_of(stored)
    settings.DATA_KEY = settings.DATA_KEY.split(",")[1]
    with pytest.raises(Refused):
        unseal(fresh)


def test_sm4_is_the_default_and_aes_a_setting_and_each_opens_what_the_other_sealed(settings: Any) -> None:
    national = seal("王秀兰")
    settings.DATA_CIPHER = "aes"
    western = seal("王秀兰")
    assert national.startswith("v1.s.") and western.startswith("v1.a.")
    assert unseal(national) == unseal(western) == "王秀兰"


def test_sm4_agrees_with_another_implementation_of_gcm() -> None:
    """GCM computed here from SM4 in ECB mode (NIST SP 800-38D), so that a wrong mode or order of parts is noticed."""
    stored = seal("13912345678", algorithm="s")
    key_id, raw = key_of(stored), base64.b64decode(stored.rpartition(".")[2])
    key = hmac.digest(keys.data_ring().keys[key_id], b"linzhi.privacy.sm4", "sha256")[:16]
    nonce, body, tag = raw[:12], raw[12:-16], raw[-16:]
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()

    def one(data: bytes) -> int:
        return int.from_bytes(block.update(data), "big")

    assert (one(nonce + (2).to_bytes(4, "big")) >> (128 - 8 * len(body))).to_bytes(len(body), "big") == bytes(
        a ^ b for a, b in zip(body, b"13912345678", strict=True)
    )
    h, total = one(bytes(16)), 0
    aad = key_id.encode()
    for part in (aad.ljust(16, b"\0"), body.ljust(16, b"\0"), (8 * len(aad)).to_bytes(8, "big") + (8 * len(body)).to_bytes(8, "big")):
        total = _times(total ^ int.from_bytes(part, "big"), h)
    assert (total ^ one(nonce + (1).to_bytes(4, "big"))).to_bytes(16, "big") == tag


def _times(x: int, y: int) -> int:
    z = 0
    for bit in range(127, -1, -1):
        if x >> bit & 1:
            z ^= y
        y = (y >> 1) ^ (0xE1 << 120 if y & 1 else 0)
    return z


def test_many_values_are_sealed_each_with_a_nonce_of_its_own_and_an_empty_one_stays_empty() -> None:
    stored = seal_many(["甲", "", "甲"])
    assert stored[1] == "" and stored[0] != stored[2] and [unseal(stored[0]), unseal(stored[2])] == ["甲", "甲"]


def test_while_the_index_key_changes_a_look_up_asks_for_both_indexes(settings: Any) -> None:
    before = blind_index("13912345678")
    settings.INDEX_KEY = "cd" * 32 + "," + settings.INDEX_KEY
    assert blind_index("13912345678") != before
    assert blind_indexes("13912345678") == (blind_index("13912345678"), before)


def test_a_key_added_to_the_file_is_used_without_a_restart(settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "data_key"
    path.write_text("ef" * 32)
    settings.KEY_FILES = {"data_key": path, "index_key": None}
    keys.forget()
    old = seal("王秀兰")
    fresh = keys.add("data_key")
    assert key_of(seal("王秀兰")) == fresh != key_of(old) and unseal(old) == "王秀兰"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="under way"):
        keys.add("data_key")
    assert keys.drop_older("data_key") == (key_of(old),)
    with pytest.raises(Refused):
        unseal(old)


def test_a_key_too_short_or_not_hex_is_refused() -> None:
    for text in ("", "ab", "zz" * 32, "ab" * 31):
        with pytest.raises(ValueError):
            keys.parse(text)


def test_printing_a_sealed_value_shows_the_mask() -> None:
    phone = Sealed.of("13912345678", "phone")
    assert str(phone) == "139****5678" and "139" not in repr(phone) and phone.open_value() == "13912345678"
    assert not Sealed.of("", "phone")


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("13912345678", "phone", "139****5678"),
        ("王秀兰", "name", "王**"),
        ("李", "name", "李*"),
        ("32081219900101001X", "identity", "**************001X"),
        ("东门3幢", "text", "东门****"),
        ("", "phone", ""),
    ],
)
def test_masks(text: str, kind: str, masked: str) -> None:
    assert mask(text, kind) == masked


def test_phone_numbers_inside_a_text_are_masked() -> None:
    assert mask_phones_in("打13912345678找我，门牌2幢301") == "打139****5678找我，门牌2幢301"
