"""One parser per column: from what stands in a cell to the value of its kind, or why it can't be taken and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import identity
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.phones import phone
from linzhi.foundation.sheets.plain import BadCell, Cell, code_text, lost_digits, matching, number_text, one_line, sentence, squeezed

Parse = Callable[[Cell], Any]

MOST_DIGITS, MOST_REMEMBERED = 18, 1_000
MOST_DECIMALS = 6
"""A share kept as a number with more decimals than that was worked out: a third has become 0.333333333333333."""

_NUMBER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")
_SHARE = re.compile(r"(\d{1,18})/(\d{1,18})")
_PER_CENT = re.compile(r"(\d{1,3})(?:\.(\d{1,6}))?%")
_DAY = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:[-/.月](\d{1,2})日?|月?)(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?")
_DAY_DIGITS = re.compile(r"(19|20)\d{6}")
_CHINESE = re.compile("[㐀-鿿·]+")
_USUAL_NAME = re.compile("[一-鿿]{2,6}")
_PARTS = re.compile("[、，,；;\n]")
_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "1"])
_NO = frozenset(["否", "无", "没有", "不是", "×", "✗", "✘", "☐", "x", "n", "no", "false", "0"])


@dataclass(frozen=True)
class Noted:
    """A value that is taken, with something to look at once more."""

    value: Any
    notice: str


def parser_of(column: Column, choices: Mapping[str, Any], on: date) -> Parse:
    """The parser of a column's filled cells. It returns None for blanks, or a `Noted`, or raises BadCell; `on` is today."""
    parse = _PARSERS[column.kind](column, choices, on)
    if column.check is not None:
        parse = _checked(parse, column.check)
    return _may_be_masked(parse) if column.sealed else parse


def _checked(parse: Parse, check: Callable[[Any], tuple[str, str] | None]) -> Parse:
    def checked(cell: Cell) -> Any:
        value = parse(cell)
        wrong = None if value is None else check(value)
        if wrong is not None:
            raise BadCell(*wrong)
        return value

    return checked


def _may_be_masked(parse: Parse) -> Parse:
    def masked(cell: Cell) -> Any:
        if isinstance(cell, str) and "*" in cell:
            return Masked(one_line(cell))
        return parse(cell)

    return masked


def _written(cell: Cell) -> str:
    """A cell of a column of text, as text. Raises BadCell where the spreadsheet has made something else of it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, date | time | timedelta):
        raise BadCell(_("表格软件把它变成了日期（比如 3-2 变成 3月2日）。"), _("请先把这一列设为“文本”，再重新填写。"))
    return str(cell)


def _bounded(text: str, longest: int) -> str | None:
    if len(text) > longest:
        raise BadCell(_("太长了，最多 %(most)d 个字，这里有 %(n)d 个。") % {"most": longest, "n": len(text)}, _("请缩短。"))
    return text or None


def _text(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    longest = column.longest

    def parse(cell: Cell) -> str | None:
        text = one_line(cell if cell.__class__ is str else _written(cell))
        return text if 0 < len(text) <= longest else _bounded(text, longest)

    return _remembered(parse)


def _long_text(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    longest = column.longest
    return lambda cell: _bounded(sentence(cell if isinstance(cell, str) else _written(cell)), longest)


def _code(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    longest = column.longest

    def parse(cell: Cell) -> str | None:
        if not isinstance(cell, str):
            if isinstance(cell, float) and not cell.is_integer():
                raise BadCell(_("编号存成了小数，末尾的 0 可能丢了。"), _("请先把这一列设为“文本”，再重新填写。"))
            cell = _written(cell)
        if cell.isascii() and cell.isalnum() and len(cell) <= longest:
            return cell
        return _bounded(code_text(cell), longest)

    return _remembered(parse)


def _name(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    longest = column.longest

    def parse(cell: Cell) -> str | None:
        if not isinstance(cell, str):
            raise BadCell(_("这里要填姓名，不是数字或日期。"), _("请改正。"))
        if _USUAL_NAME.fullmatch(cell):
            return cell
        name = one_line(cell)
        if not name.isascii():
            name = re.sub("[•‧・∙●.．]", "·", name) if re.search("[㐀-鿿]", name) else name
            together = name.replace(" ", "")
            name = together if _CHINESE.fullmatch(together) else name  # 张  三, spread to the width of 欧阳三
        return _bounded(name, longest)

    return parse


def _identity(_column: Column, _choices: Mapping[str, Any], on: date) -> Parse:
    counties = identity.known_counties()

    def parse(cell: Cell) -> Any:
        if not isinstance(cell, str):
            raise lost_digits()
        number = squeezed(cell).upper()
        if not number:
            return None
        finding = identity.examined(number, on, counties)
        if finding.why:
            raise BadCell(finding.why, finding.remedy)
        return Noted(number, finding.warning) if finding.warning else number

    return parse


def _digits(cell: Cell, what: str) -> tuple[int, str, str] | None:
    """A number as sign, whole digits and decimals; None for blanks. Exact: a float is taken as the spreadsheet shows it."""
    if isinstance(cell, bool | date | time | timedelta):
        raise BadCell(_("这里要填%(what)s。") % {"what": what}, _("请改正；单元格格式请选“常规”。"))
    text = squeezed(cell) if isinstance(cell, str) else number_text(cell or 0)
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise BadCell(_("这里要填%(what)s，只写数字，不带单位。") % {"what": what}, _("请改正。"))
    return (-1 if found[1] == "-" else 1), found[2].replace(",", ""), (found[3] or "").rstrip("0")


def _whole(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    what = _("整数")

    def parse(cell: Cell) -> int | None:
        if cell.__class__ is float and cell.is_integer() and -(10**15) < cell < 10**15:
            return _within(int(cell), column, 1)
        found = _digits(cell, what)
        if found is None:
            return None
        sign, digits, decimals = found
        if decimals:
            raise BadCell(_("要填整数，这里有小数。"), _("请改成整数。"))
        return _within(sign * int(digits), column, 1)

    return parse


def _hundredths(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    what = _("数")

    def parse(cell: Cell) -> int | None:
        if cell.__class__ is float and -(10**13) < cell < 10**13:
            # Exact: of all decimals with two places only this one is read as the very same float.
            number = round(cell * 100)
            if number / 100 == cell:
                return _within(number, column, 100)
        found = _digits(cell, what)
        if found is None:
            return None
        sign, digits, decimals = found
        if len(decimals) > 2:
            raise BadCell(_("最多两位小数，这里有 %(n)d 位。") % {"n": len(decimals)}, _("请按证件或测绘的数改正。"))
        return _within(sign * int(digits + decimals.ljust(2, "0")), column, 100)

    return parse


def _within(number: int, column: Column, unit: int) -> int:
    if abs(number) >= 10**MOST_DIGITS:
        raise BadCell(_("这个数太大了。"), _("请核对。"))
    if column.least is not None and number < column.least:
        raise BadCell(_("太小了，最小是 %(n)s。") % {"n": in_units(column.least, unit)}, _("请核对。"))
    if column.most is not None and number > column.most:
        raise BadCell(_("太大了，最大是 %(n)s。") % {"n": in_units(column.most, unit)}, _("请核对。"))
    return number


def in_units(number: int, unit: int) -> str:
    """A number kept in hundredths (or ones) as a person writes it."""
    whole, rest = divmod(abs(number), unit)
    return ("-" if number < 0 else "") + str(whole) + (f".{rest:02}".rstrip("0") if rest else "")


def _fraction(column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    least, most = column.least or 0, 1 if column.most is None else column.most

    def parse(cell: Cell) -> Fraction | None:
        share = _share(cell)
        if share is not None and not least <= share <= most:
            raise BadCell(_("份额应在 %(least)d 到 %(most)d 之间。") % {"least": least, "most": most}, _("请写成 1/2 或 50%。"))
        return share

    return _remembered(parse)


def _share(cell: Cell) -> Fraction | None:
    if isinstance(cell, date):
        raise BadCell(_("表格软件把它变成了日期（1/2 变成 1月2日）。"), _("请先把这一列设为“文本”，再写成 1/2。"))
    text = squeezed(cell).replace("⁄", "/").replace("½", "1/2") if isinstance(cell, str) else ""
    if isinstance(cell, str) and not text:
        return None
    if found := _SHARE.fullmatch(text):
        if not int(found[2]):
            raise BadCell(_("分母是 0。"), _("请改正。"))
        return Fraction(int(found[1]), int(found[2]))
    if found := _PER_CENT.fullmatch(text):
        return Fraction(int(found[1] + (found[2] or "")), 100 * 10 ** len(found[2] or ""))
    number = _digits(cell, _("份额，如 1/2、50%"))
    if number is None:
        return None
    sign, digits, decimals = number
    if len(decimals) > MOST_DECIMALS:
        raise BadCell(_("这个份额是除出来的小数，不准。"), _("请先把这一列设为“文本”，再写成 1/3 这样的分数。"))
    return Fraction(sign * int(digits + decimals), 10 ** len(decimals))


def _day(_column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    return _day_of


def _day_of(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    if isinstance(cell, str):
        text = code_text(cell)
        if not text:
            return None
        return _day_written(text)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and _DAY_DIGITS.fullmatch(text := number_text(cell)):
        return _day_written(text)
    raise BadCell(_("这是一个数，不是日期。"), _("请把单元格格式设为“日期”，或写成 2026-09-30 的样子。"))


def _day_written(text: str) -> Any:
    try:
        if _DAY_DIGITS.fullmatch(text):
            return _sensible(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        found = _DAY.fullmatch(text.replace(" ", "") if ":" not in text else text)
        if found is None:
            raise ValueError(text)
        day = _sensible(date(int(found[1]), int(found[3]), int(found[4] or 1)))
    except ValueError:
        why = _("看不懂这个日期，或者没有这一天。")
        raise BadCell(why, _("请写成 2026-09-30 的样子。")) from None
    return day if found[4] else Noted(day, _("只写到月，按 %(day)s 读入。") % {"day": day.isoformat()})


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise BadCell(_("%(year)d 年，不像是对的。") % {"year": day.year}, _("请核对年份。"))
    return day


def _table(column: Column, choices: Mapping[str, Any]) -> dict[str, str]:
    """Every way to write a choice. A title that two choices share means neither; their codes still do."""
    table: dict[str, str] = {}
    twice = set()
    for code, title in choices.items():
        if table.setdefault(matching(title), code) != code:
            twice.add(matching(title))
    for word in twice:
        del table[word]
    for word, code in column.words.items():
        if code in choices:
            table.setdefault(matching(word), code)
    for code in choices:
        table.setdefault(matching(code), code)
    table.pop("", None)
    return table


def titles_of(column: Column, choices: Mapping[str, Any]) -> dict[str, str]:
    """Each choice's code to what is written for it: its title, or the code where the title would not be read as this choice again."""
    table = _table(column, choices)
    several = column.kind is Kind.CHOICES

    def read_again(code: str, title: str) -> bool:
        return table.get(matching(title)) == code and not (several and _PARTS.search(title))

    return {code: str(title) if read_again(code, str(title)) else code for code, title in choices.items()}


def _remembered(parse: Parse) -> Parse:
    """The same parser, which knows the texts again that it has read: for columns that say the same few things over and over."""
    seen: dict[Cell, Any] = {}

    def remembered(cell: Cell) -> Any:
        if cell.__class__ is not str:
            return parse(cell)
        if cell in seen:
            return seen[cell]
        value = parse(cell)
        if len(seen) < MOST_REMEMBERED:
            seen[cell] = value
        return value

    return remembered


def _choice(column: Column, choices: Mapping[str, Any], _on: date) -> Parse:
    table = _table(column, choices)

    def parse(cell: Cell) -> str | None:
        text = one_line(cell if isinstance(cell, str) else _written(cell))
        return _chosen(text, table, choices) if text else None

    return _remembered(parse)


def _chosen(text: str, table: Mapping[str, str], choices: Mapping[str, Any]) -> str:
    code = table.get(matching(text))
    if code is not None:
        return code
    titles = [str(title) for title in choices.values()]
    near = get_close_matches(text[:40], titles, 1, 0.5)
    listed = "、".join(titles[:8]) + ("……" if len(titles) > 8 else "")
    if near:
        remedy = _("是不是“%(near)s”？可选：%(titles)s。") % {"near": near[0], "titles": listed}
    else:
        remedy = _("请从这些里选：%(titles)s。") % {"titles": listed}
    raise BadCell(_("没有“%(text)s”这个选项。") % {"text": text[:20]}, remedy)


def _several(column: Column, choices: Mapping[str, Any], _on: date) -> Parse:
    table = _table(column, choices)

    def parse(cell: Cell) -> tuple[str, ...] | None:
        text = sentence(cell) if isinstance(cell, str) else _written(cell)
        if code := table.get(matching(text)):
            return (code,)
        parts = [" ".join(part.split()) for part in _PARTS.split(text)]
        return tuple(dict.fromkeys(_chosen(part, table, choices) for part in parts if part)) or None

    return _remembered(parse)


def _yes_no(_column: Column, _choices: Mapping[str, Any], _on: date) -> Parse:
    def parse(cell: Cell) -> bool | None:
        if cell == "是" or cell is True:
            return True
        if cell == "否" or cell is False:
            return False
        word = matching(_written(cell))
        if word in _YES or word in _NO:
            return word in _YES
        if not word:
            return None
        raise BadCell(_("这里只填“是”或“否”。"), _("请改正。"))

    return parse


_PARSERS: dict[Kind, Callable[[Column, Mapping[str, Any], date], Parse]] = {
    Kind.TEXT: _text, Kind.LONG_TEXT: _long_text, Kind.WHOLE: _whole, Kind.HUNDREDTHS: _hundredths, Kind.FRACTION: _fraction,
    Kind.DAY: _day, Kind.CHOICE: _choice, Kind.CHOICES: _several, Kind.YES_NO: _yes_no, Kind.CODE: _code,
    Kind.PHONE: lambda _column, _choices, _on: phone, Kind.NAME: _name, Kind.IDENTITY: _identity,
}  # fmt: skip
