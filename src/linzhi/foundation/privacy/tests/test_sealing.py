"""What is sealed stays sealed."""

from __future__ import annotations

import pytest

from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.masking import mask, mask_phones_in
from linzhi.foundation.privacy.sealing import _keys, blind_index, seal, unseal
from linzhi.kernel.refused import Refused


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


def test_an_old_key_still_opens_and_a_lost_one_is_said(settings: object) -> None:
    stored = seal("旧密钥")
    settings.DATA_KEY = "ab" * 32 + "," + settings.DATA_KEY  # type: ignore[attr-defined]
    _keys.cache_clear()
    try:
        assert unseal(stored) == "旧密钥"
        fresh = seal("新密钥")
        settings.DATA_KEY = settings.DATA_KEY.split(",")[1]  # type: ignore[attr-defined]
        _keys.cache_clear()
        with pytest.raises(Refused):
            unseal(fresh)
    finally:
        _keys.cache_clear()


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
        ("东门3幢", "text", "东门****"),
        ("", "phone", ""),
    ],
)
def test_masks(text: str, kind: str, masked: str) -> None:
    assert mask(text, kind) == masked


def test_phone_numbers_inside_a_text_are_masked() -> None:
    assert mask_phones_in("打13912345678找我，门牌2幢301") == "打139****5678找我，门牌2幢301"
