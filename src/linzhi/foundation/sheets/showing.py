"""Values of columns as a person reads them; sealed ones masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.sheets.columns import Column, Kind, Masked

LONGEST = 60
MASKS = {Kind.PHONE: "phone", Kind.NAME: "name", Kind.IDENTITY: "identity"}


def shown(column: Column, value: Any, choices: Mapping[str, Any]) -> str:
    """A value of a column as text; a sealed one masked, whether it comes from the database or from a file."""
    if value is None or value == ():
        return ""
    if isinstance(value, Sealed):
        return value.masked
    if isinstance(value, Masked):
        return str(value)
    text = _text(column, value, choices)
    return mask(text, MASKS.get(column.kind, "text")) if column.sealed else shortened(text)


def _text(column: Column, value: Any, choices: Mapping[str, Any]) -> str:
    if column.kind is Kind.CHOICE:
        return str(choices.get(value, value))
    if column.kind is Kind.CHOICES:
        return "、".join(str(choices.get(one, one)) for one in value)
    if column.kind is Kind.HUNDREDTHS and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}" if value % 100 else str(value // 100)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def shortened(value: Any) -> str:
    """A cell of any kind on one line, cut where it gets long."""
    text = " ".join(as_text(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def as_text(cell: Any) -> str:
    """A cell as the text that stands for it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
