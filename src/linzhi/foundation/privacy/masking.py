"""How sealed values look to those who may know that they exist."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{3,5}(\d{3})(?!\d)")


def mask(text: str, kind: str) -> str:
    """Mask one value: a phone keeps 3 + 4 digits, a name its first character, other text its first two."""
    if not text:
        return ""
    if kind == "phone":
        return _PHONE.sub(r"\1****\2", text) if _PHONE.search(text) else text[:2] + "****" + text[-2:]
    if kind == "name":
        return text[0] + "*" * max(1, len(text) - 1)
    return text[:2] + "****"


def mask_phones_in(text: str) -> str:
    """Mask every phone number inside free text that others will read."""
    return _LANDLINE.sub(r"\1****\2", _PHONE.sub(r"\1****\2", text))
