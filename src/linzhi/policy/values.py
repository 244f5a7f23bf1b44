"""The types that a parameter can have: how a value is written, compared and shown. No floats anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

from django.utils.translation import gettext as _

from linzhi.kernel.limits import Limit, Unit

Scalar = Literal["int", "limit", "fraction", "text", "choice", "bool", "date"]
Type = Literal["int", "limit", "fraction", "text", "choice", "bool", "date", "list", "table"]
ORDERED = ("int", "limit", "fraction", "date")

_FRACTION = re.compile(r"\d{1,9}(/[1-9]\d{0,8})?")
_MINUTES = {Unit.MINUTES: 1, Unit.HOURS: 60}
_TABLE_KEY = re.compile(r"\S(.{0,58}\S)?")


@dataclass(frozen=True)
class Shape:
    """What a value must look like. `of` is the type inside a list or table; `options` are a choice's codes and their names."""

    type: Type
    of: Scalar | None = None
    options: Mapping[str, str] | None = None
    least: int | None = None
    most: int | None = None


def parse(shape: Shape, raw: Any) -> Any:
    """The exact value of what a file says: tuples for lists, read-only mappings for tables. Raises ValueError with a sentence."""
    if shape.type == "list":
        if not isinstance(raw, list):
            raise ValueError(_("应当是一个列表"))
        items = tuple(_scalar(shape.of or "text", shape, item) for item in raw)
        if len(set(items)) != len(items):
            raise ValueError(_("列表里有重复的项"))
        return items
    if shape.type == "table":
        if not isinstance(raw, dict):
            raise ValueError(_("应当是一张“名称: 值”的表"))
        if bad := [key for key in raw if not _TABLE_KEY.fullmatch(key)]:
            raise ValueError(_("表里的名称“%(key)s”不合适") % {"key": bad[0]})
        return MappingProxyType({key: _scalar(shape.of or "text", shape, item) for key, item in raw.items()})
    return _scalar(shape.type, shape, raw)


def _scalar(kind: str, shape: Shape, raw: Any) -> Any:
    if kind == "int":
        return _whole(shape, raw)
    if kind == "bool":
        if not isinstance(raw, bool):
            raise ValueError(_("应当是 true 或 false"))
        return raw
    if kind == "date":
        if not isinstance(raw, date):
            raise ValueError(_("应当是日期，例如 2026-12-31"))
        return raw
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(_("应当是文字（数字请加引号）"))
    if kind == "limit":
        return limit_text(raw)
    if kind == "fraction":
        if not _FRACTION.fullmatch(raw):
            raise ValueError(_('“%(raw)s”不是分数，应写成 "2/3" 的样子') % {"raw": raw})
        return Fraction(raw)
    if kind == "choice" and raw not in (shape.options or {}):
        raise ValueError(_("“%(raw)s”不在可选范围内：%(options)s") % {"raw": raw, "options": "、".join(shape.options or {})})
    return raw.strip()


def _whole(shape: Shape, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(_("应当是整数，不加引号"))
    if shape.least is not None and raw < shape.least:
        raise ValueError(_("%(raw)s 小于最小值 %(least)s") % {"raw": raw, "least": shape.least})
    if shape.most is not None and raw > shape.most:
        raise ValueError(_("%(raw)s 大于最大值 %(most)s") % {"raw": raw, "most": shape.most})
    return raw


def limit_text(raw: str) -> str:
    """A time limit in its one spelling (`1 working day`, `2 working hours`). Raises ValueError when number or unit is unclear."""
    try:
        return str(Limit.parse(raw))
    except ValueError:
        sentence = _("“%(raw)s”不是时限，应写成数字加单位：minutes、hours、working hours、days 或 working days")
        raise ValueError(sentence % {"raw": raw}) from None


def _rank(kind: str, value: Any) -> tuple[str, Any]:
    """A family in which values compare, and the value inside it."""
    if kind != "limit":
        return kind, value
    limit = Limit.parse(value)
    # A working day has no fixed number of working hours (the hours are a setting), so these never compare.
    return ("clock", limit.amount * _MINUTES[limit.unit]) if limit.unit in _MINUTES else (limit.unit, limit.amount)


def compare(shape: Shape, lower: Any, upper: Any) -> set[int]:
    """How a lower level's value stands to the one above: {-1}, {0}, {1}, or several for a table.

    Raises ValueError when the two can't be compared (other units, other rows).
    """
    kind = shape.of or "text" if shape.type == "table" else shape.type
    if kind not in ORDERED:
        if lower == upper:
            return {0}
        raise ValueError(_("这种值没有高低之分"))
    if shape.type == "table":
        if missing := [key for key in upper if key not in lower]:
            raise ValueError(_("缺少上级规定的“%(key)s”") % {"key": missing[0]})
        return {_sign(kind, lower[key], upper[key]) for key in upper} or {0}
    return {_sign(kind, lower, upper)}


def _sign(kind: str, lower: Any, upper: Any) -> int:
    (family, one), (other_family, other) = _rank(kind, lower), _rank(kind, upper)
    if family != other_family:
        raise ValueError(_("单位不同，无法比较（%(one)s 与 %(other)s）") % {"one": lower, "other": upper})
    return int(one > other) - int(one < other)


def plain(value: Any) -> Any:
    """The value as JSON holds it: fractions and dates as text, tuples as lists."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def comparable(shape: Shape) -> bool:
    """Whether values of this shape have a higher and a lower, as `raise` and `lower` need."""
    return (shape.of if shape.type == "table" else shape.type) in ORDERED
