"""Telephone numbers as people write them in ledgers."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from linzhi.foundation.sheets.plain import BadCell, Cell, number_text, squeezed

_MOBILE = re.compile(r"(?:(?:\+?86|0086)-?)?(1[3-9]\d)-?(\d{4})-?(\d{4})")
_LANDLINE = re.compile(r"(?:\+?86-?)?\(?(0\d{2,3})[)-]?-?(\d{7,8})(?:[-*转]+(\d{1,6}))?")
_SHORT = re.compile(r"[2-9]\d{6,7}(?:-\d{1,6})?|1\d{2,5}|9\d{4,5}|[48]00-?\d{3,4}-?\d{3,4}")


def phone(cell: Cell) -> str | None:
    """The number in a cell as we keep it (13800000000, 0571-88888888-123), None for blanks. Raises BadCell."""
    if not isinstance(cell, str):
        return _number(cell)
    # A mobile number as it should be is most of them.
    if len(cell) == 11 and cell.isascii() and cell.isdigit() and cell[0] == "1" and cell[1] > "2":
        return cell
    return _text(squeezed(cell))


def _text(text: str) -> str | None:
    if not text:
        return None
    if found := _MOBILE.fullmatch(text):
        return "".join(found.groups())
    if found := _LANDLINE.fullmatch(text):
        return f"{found[1]}-{found[2]}" + (f"-{found[3]}" if found[3] else "")
    if _SHORT.fullmatch(text):
        return text
    if re.search(r"\d{7}.*[/、,;]|[/、,;].*\d{7}", text):
        raise BadCell(_("一格里有几个号码。"), _("请只留一个，其余的填在别的列。"))
    digits = sum(sign.isdigit() for sign in text)
    raise BadCell(_("不是电话号码（有 %(n)d 位数字）。") % {"n": digits}, _("手机是 11 位；固定电话请写成 0571-88888888 的样子。"))


def _number(cell: Cell) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = number_text(cell)
        if _MOBILE.fullmatch(text) and len(text) == 11 or re.fullmatch(r"[2-9]\d{6,7}|[48]00\d{7}|1\d{2,5}|9\d{4,5}", text):
            return text
    raise BadCell(_("电话存成了数字，开头的 0 可能丢了。"), _("请先把这一列设为“文本”，再重新填写。"))
