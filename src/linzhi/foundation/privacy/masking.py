"""How sealed values look to those who may know that they exist."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{3,5}(\d{3})(?!\d)")


def mask(text: str, kind: str) -> str:
    """Mask one value: of a phone 3 + 4 digits stay, of a name its first character, of an identity number the last four, else two."""
    if not text:
        return ""
    if kind == "phone":
        return _PHONE.sub(r"\1****\2", text) if _PHONE.search(text) else text[:2] + "****" + text[-2:]
    if kind == "name":
        return text[0] + "*" * max(1, len(text) - 1)
    if kind == "identity":
        return "*" * max(4, len(text) - 4) + text[-4:] if len(text) > 4 else "****"
    return text[:2] + "****"


def mask_phones_in(text: str) -> str:
    """Mask every phone number inside free text that others will read."""
    return _LANDLINE.sub(r"\1****\2", _PHONE.sub(r"\1****\2", text))
