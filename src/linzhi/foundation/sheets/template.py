"""Our own workbook for a register: headings with notes and drop-downs, cells that keep what is typed, a page that explains each column."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets.cells import in_units, titles_of
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.plain import NOTE, neutral
from linzhi.foundation.sheets.reading import OPTIONS
from linzhi.kernel import clock

Choices = Mapping[str, Mapping[str, Any]]

LAST_ROW = 1_048_575
_WIDTHS = {
    Kind.LONG_TEXT: 40, Kind.WHOLE: 10, Kind.HUNDREDTHS: 12, Kind.FRACTION: 10, Kind.DAY: 13, Kind.YES_NO: 8, Kind.CODE: 20,
    Kind.PHONE: 15, Kind.NAME: 12, Kind.IDENTITY: 22,
}  # fmt: skip
_FORMATS = {Kind.WHOLE: "0", Kind.HUNDREDTHS: "0.00", Kind.DAY: "yyyy-mm-dd"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def how_to_fill(column: Column) -> str:
    """What is to be written in a column's cells, in one sentence."""
    words = {
        Kind.TEXT: _("一行文字，最多 %(n)d 字"), Kind.LONG_TEXT: _("文字，可以分行，最多 %(n)d 字"), Kind.WHOLE: _("整数"),
        Kind.HUNDREDTHS: _("数字，最多两位小数，不写单位"), Kind.FRACTION: _("份额，如 1/2 或 50%"),
        Kind.DAY: _("日期，如 2026-09-30"), Kind.CHOICE: _("从下拉里选一个"), Kind.CHOICES: _("可填多个，用顿号（、）隔开"),
        Kind.YES_NO: _("是 或 否"), Kind.CODE: _("编号，按文本填写"), Kind.PHONE: _("手机 11 位，或 0571-88888888 的样子"),
        Kind.NAME: _("姓名"), Kind.IDENTITY: _("18 位，按文本填写"),
    }  # fmt: skip
    said = words[column.kind].replace("%(n)d", str(column.longest))
    return "。".join(part for part in (str(column.note).rstrip("。"), said) if part) + "。"


def heading_of(column: Column) -> str:
    """A column's heading in our workbooks; an asterisk marks those that must be filled."""
    return f"{column.title}*" if column.required else str(column.title)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the signs that spreadsheets forbid, at most 31 characters."""
    return _FORBIDDEN.sub(" ", title).strip("' ")[:31] or _("表")


def new_book(target: Any, title: str, comments: str = "") -> Any:
    """A workbook to be written; nothing in it becomes a formula, a link or a number by itself."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    made = clock.now().astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title[:255], "comments": comments[:255], "author": "邻治", "created": made})
    return book


def dress(book: Any, sheet: Any, columns: Sequence[Column], choices: Choices, heading_row: int) -> dict[str, Any]:
    """Write the heading and set up the columns below it; returns each column's cell format by its code.

    Text format wherever a spreadsheet would change what is typed; drop-downs; a comment on each heading; A4 across, headings on each page.
    """
    lists = _Lists(book)
    formats = {}
    for at, column in enumerate(columns):
        wrap = column.kind is Kind.LONG_TEXT
        cells = book.add_format({"num_format": _FORMATS.get(column.kind, "@"), "valign": "top", "text_wrap": wrap})
        formats[column.code] = cells
        colour = "#D9E8F5" if column.required else "#EEF1F4"
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": colour, "num_format": "@", "text_wrap": True, "valign": "vcenter"})
        sheet.set_column(at, at, _width(column), cells)
        sheet.write_string(heading_row, at, heading_of(column), head)
        sheet.write_comment(heading_row, at, _comment(column, choices), {"x_scale": 1.8, "y_scale": 1.2, "author": "邻治"})
        rule = _validation(column, choices, lists)
        if rule is not None:
            sheet.data_validation(heading_row + 1, at, LAST_ROW, at, rule)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.set_row(heading_row, 30)
    set_up_print(sheet)
    sheet.repeat_rows(heading_row)
    return formats


def set_up_print(sheet: Any) -> None:
    """A4 across, as wide as one page, numbered."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&C&P / &N")


def _width(column: Column) -> float:
    return max(_WIDTHS.get(column.kind, 16), 2 * len(heading_of(column)) + 2)


def _comment(column: Column, choices: Choices) -> str:
    lines = [_("必填。") if column.required else _("选填。"), how_to_fill(column)]
    if column.kind in (Kind.CHOICE, Kind.CHOICES):
        lines.append(_allowed(column, choices, 20))
    if column.example:
        lines.append(_("例：%(example)s") % {"example": column.example})
    return "\n".join(lines)


def _allowed(column: Column, choices: Choices, most: int = 1_000) -> str:
    if column.kind is Kind.YES_NO:
        return "是、否"
    if column.kind in (Kind.CHOICE, Kind.CHOICES):
        titles = titles_of(column, choices.get(column.code, column.choices))
        return "、".join([*titles.values()][:most]) + ("……" if len(titles) > most else "")
    unit = 100 if column.kind is Kind.HUNDREDTHS else 1
    least, most_value = ("" if bound is None else in_units(bound, unit) for bound in (column.least, column.most))
    if least and most_value:
        return _("%(least)s 到 %(most)s") % {"least": least, "most": most_value}
    if least:
        return _("不小于 %(least)s") % {"least": least}
    return _("不大于 %(most)s") % {"most": most_value} if most_value else ""


class _Lists:
    """The drop-downs' lists, each a column of a sheet that nobody sees: inside a rule a list may have 255 characters only."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheet: Any = None
        self.made: dict[tuple[str, ...], str] = {}

    def place(self, titles: Sequence[str]) -> str:
        """The cells that hold a list."""
        key = tuple(titles)
        if key not in self.made:
            if self.sheet is None:
                self.sheet = self.book.add_worksheet(OPTIONS)
                self.sheet.very_hidden()
            at = len(self.made)
            plain = self.book.add_format({"num_format": "@"})
            for row, title in enumerate(titles):
                self.sheet.write_string(row, at, title, plain)
            letter = column_letters(at)
            self.made[key] = f"='{OPTIONS}'!${letter}$1:${letter}${len(titles)}"
        return self.made[key]


def column_letters(at: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def _validation(column: Column, choices: Choices, lists: _Lists) -> dict[str, Any] | None:
    """What a spreadsheet checks while somebody types; the import checks everything once more."""
    wrong = {"error_title": str(column.title)[:32], "error_message": how_to_fill(column)[:255], "ignore_blank": True}
    if column.kind is Kind.YES_NO:
        return {"validate": "list", "source": ["是", "否"], **wrong}
    if column.kind in (Kind.CHOICE, Kind.CHOICES):
        titles = [neutral(title) for title in titles_of(column, choices.get(column.code, column.choices)).values()]
        if not titles:
            return None
        return {"validate": "list", "source": lists.place(titles), "show_error": column.kind is Kind.CHOICE, **wrong}
    if column.kind is Kind.WHOLE:
        bounds = (-(10**15) if column.least is None else column.least), (10**15 if column.most is None else column.most)
        return {"validate": "integer", "criteria": "between", "minimum": bounds[0], "maximum": bounds[1], **wrong}
    if column.kind is Kind.HUNDREDTHS:
        bounds = (-(10**15) if column.least is None else column.least), (10**15 if column.most is None else column.most)
        least, most = (in_units(bound, 100) for bound in bounds)
        return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most, **wrong}
    if column.kind is Kind.DAY:
        return {"validate": "date", "criteria": "between", "minimum": date(1900, 3, 1), "maximum": date(2200, 12, 31), **wrong}
    return None


def write(register_title: Any, note: Any, columns: Sequence[Column], choices: Choices, examples: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The blank workbook (.xlsx): one sheet to fill in and 填写说明. Read back it has no rows and no faults."""
    from linzhi.foundation.sheets.writing import text_of

    target = io.BytesIO()
    title = str(register_title)
    book = new_book(target, title)
    sheet = book.add_worksheet(sheet_name(title))
    guide = book.add_worksheet(_("填写说明") if sheet_name(title) != _("填写说明") else _("说明"))
    dress(book, sheet, columns, choices, heading_row=1)
    faint = book.add_format({"font_color": "#555555", "num_format": "@"})
    said = _("%(title)s：带 * 的必填，鼠标停在标题上看填法；请从下一行填起，不要改动标题。") % {"title": title}
    sheet.write_string(0, 0, f"{NOTE} {said}", faint)
    shown = [[text_of(column, row.get(column.code), choices) for column in columns] for row in examples]
    _write_guide(book, guide, title, str(note), columns, choices, shown)
    book.close()
    return target.getvalue()


def _write_guide(
    book: Any, sheet: Any, title: str, note: str, columns: Sequence[Column], choices: Choices, examples: Sequence[Sequence[str]]
) -> None:  # fmt: skip
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F4", "num_format": "@"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    large = book.add_format({"bold": True, "font_size": 14})
    for at, width in enumerate((20, 8, 44, 40, 24)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, f"{NOTE} {title}", large)
    sheet.write_string(1, 0, f"{NOTE} {note}")
    for at, heading in enumerate((_("填哪一列"), _("是否必填"), _("怎样填"), _("可填的值"), _("举例"))):
        sheet.write_string(3, at, heading, bold)
    for row, column in enumerate(columns, 4):
        needed = _("必填") if column.required else _("选填")
        facts = (str(column.title), needed, how_to_fill(column), _allowed(column, choices), column.example)
        for at, fact in enumerate(facts):
            sheet.write_string(row, at, neutral(fact)[:32_000], plain)
    begin = len(columns) + 6
    if examples:
        sheet.write_string(begin - 1, 0, f"{NOTE} " + _("填好的样子："))
        for at, column in enumerate(columns):
            sheet.write_string(begin, at, f"{NOTE} {heading_of(column)}", bold)
        for down, row_of in enumerate(examples, begin + 1):
            for at, text in enumerate(row_of):
                sheet.write_string(down, at, text, plain)
    set_up_print(sheet)
    sheet.freeze_panes(4, 0)
