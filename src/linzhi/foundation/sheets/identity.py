"""Numbers that prove themselves: the 18 digits of a resident or permit holder (GB 11643), the unified social credit code (GB 32100)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
PROVINCES = frozenset(str(code) for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
                      for code in range(first, last + 1))  # fmt: skip
PERMITS = frozenset({"810000", "820000", "830000"})
"""What the numbers of residence permits for people of Hong Kong, Macao and Taiwan begin with."""

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**i % 31 for i in range(17))
_CREDIT_SHAPE = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}", re.ASCII)


@dataclass(frozen=True)
class Finding:
    """What is wrong with a number (`why` empty: nothing) and what to do; `warning` doesn't stand in the way."""

    why: str = ""
    remedy: str = ""
    warning: str = ""


_counties: Callable[[], Container[str]] = tuple


def know_counties(codes: Callable[[], Container[str]]) -> None:
    """Say where the six-digit codes of known counties come from; whoever has the list says so once, at the start."""
    global _counties
    _counties = codes


def known_counties() -> Container[str]:
    """The six-digit codes of known counties; empty where nobody has a list."""
    return _counties()


def check_digit(first17: str) -> str:
    """The last sign of an identity number, by its first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def examined(number: str, on: date, counties: Container[str] = ()) -> Finding:
    """Look at the number of an identity card or a residence permit (81, 82, 83; foreigners' 9). An unknown county is a warning only.

    `counties` are the six-digit codes that are known; without them the first two digits are looked at. Counties are renamed and
    dissolved, the numbers given out there stay: so that is never a reason to refuse.
    """
    if not _SHAPE.fullmatch(number):
        if re.fullmatch(r"\d{15}", number, re.ASCII):
            return Finding(_("这是 15 位的旧号码，2013 年起已停用。"), _("请按现在的身份证填 18 位。"))
        return Finding(_("不是 18 位的身份证或居住证号码。"), _("请对照证件改正。"))
    if check_digit(number[:17]) != number[17]:
        return Finding(_("号码的校验位不对，至少有一位写错了。"), _("请对照证件逐位核对。"))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Finding(_("号码里的出生日期不存在。"), _("请对照证件逐位核对。"))
    if born > on:
        return Finding(_("号码里的出生日期在将来。"), _("请对照证件逐位核对。"))
    if born.year < 1900:
        return Finding(_("号码里的出生日期早于 1900 年。"), _("请对照证件逐位核对。"))
    if number.startswith("9") or number[:6] in PERMITS or number[:6] in counties:
        return Finding()
    if counties or number[:2] not in PROVINCES:
        return Finding(warning=_("没有见过身份证号码开头的地区 %(code)s，请再核对一遍。") % {"code": number[:6]})
    return Finding()


def credit_check_sign(first17: str) -> str:
    """The last sign of a unified social credit code, by its first 17 (GB 32100)."""
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[-total % 31]


def credit_code_fault(code: str) -> tuple[str, str] | None:
    """Why a unified social credit code can't be right and what to do, or None; those of villages and communities (N, Y) count too."""
    if not _CREDIT_SHAPE.fullmatch(code):
        return _("不是 18 位的统一社会信用代码（不用字母 I、O、S、V、Z）。"), _("请对照登记证书改正。")
    if credit_check_sign(code[:17]) != code[17]:
        return _("统一社会信用代码的校验位不对，至少有一位写错了。"), _("请对照登记证书逐位核对。")
    return None
