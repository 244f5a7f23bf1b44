"""How a mobile number is written: eleven digits, so that equal numbers have equal blind indexes."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from linzhi.kernel.refused import Refused

_MOBILE = re.compile(r"1[3-9]\d{9}")
_PREFIX = re.compile(r"^(\+86|0086|86(?=1[3-9]\d{9}$))")


def tidy_phone(text: str) -> str:
    """A mobile number as `normal_phone` writes it; any other number (a landline, a short one) without spaces and dashes."""
    try:
        return normal_phone(text)
    except Refused:
        return re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))


def is_mobile(text: str) -> bool:
    """Whether a text message can reach this number."""
    return bool(_MOBILE.fullmatch(tidy_phone(text)))


def normal_phone(text: str) -> str:
    """A mainland mobile number as eleven digits; spaces, dashes, full-width digits and +86 go. Refused when it isn't one."""
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    plain = _PREFIX.sub("", plain)
    if not _MOBILE.fullmatch(plain) or not plain.isascii():
        raise Refused("phone.invalid", _("手机号应是 11 位数字，例如 138 0000 0000。请检查一下。"), status=422, field="phone")
    return plain
