"""Rows as a workbook in the shape that the import takes, written as they come: nothing is held, no draft of the data touches the disk."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import IO, Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets.cells import titles_of
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.plain import EXACT_DIGITS, neutral
from linzhi.foundation.sheets.template import Choices, column_letters, dress, new_book, sheet_name

AT_ONCE = 500
LONGEST_CELL = 32_767
"""Characters that a spreadsheet takes in one cell, in units of UTF-16."""

_SHEET = "xl/worksheets/sheet1.xml"
_EPOCH, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SAMPLE_ROW = re.compile(r'<row r="2"[^>]*>.*?</row>|<row r="2"[^>]*/>', re.DOTALL)

Render = Callable[[Any], str]


def write_rows(
    columns: Sequence[Column], choices: Choices, rows: Iterable[Mapping[str, Any]], *, title: str, watermark: str | None, out: IO[bytes]
) -> None:
    """Write an .xlsx of the rows into `out`, reading them one by one. A str stands as it is in a column of any kind (a masked value).

    The watermark goes into the header and footer of every page, the file's properties and a sheet 说明. Raises ValueError for a text
    that no spreadsheet's cell can hold.
    """
    frame = zipfile.ZipFile(io.BytesIO(_frame(columns, choices, title, watermark)))
    with frame, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        for part in frame.infolist():
            if part.filename != _SHEET:
                packed.writestr(part, frame.read(part))
        sheet = zipfile.ZipInfo(_SHEET, (1980, 1, 1, 0, 0, 0))
        sheet.compress_type = zipfile.ZIP_DEFLATED
        with packed.open(sheet, "w", force_zip64=True) as target:
            _write_sheet(target, frame.read(_SHEET).decode(), columns, choices, rows)


def _write_sheet(target: IO[bytes], xml: str, columns: Sequence[Column], choices: Choices, rows: Iterable[Mapping[str, Any]]) -> None:
    sample = _SAMPLE_ROW.search(xml)
    assert sample is not None, "the frame has a row to copy the styles from"
    styles = re.findall(r'<c r="[A-Z]+2" s="(\d+)"', sample[0])
    head = re.sub(r"<dimension [^>]*/>", "", xml[: sample.start()])
    target.write(head.encode())
    plan = [
        (column.code, f'<c r="{column_letters(at)}', f'" s="{style}"', renderer(column, choices))
        for at, (column, style) in enumerate(zip(columns, styles, strict=True))
    ]
    lines: list[str] = []
    for number, row in enumerate(rows, 2):
        lines.append(f'<row r="{number}">')
        for code, begin, style, render in plan:
            value = row.get(code)
            if value is not None and value != "" and value != ():
                try:
                    lines.append(f"{begin}{number}{style}{render(value)}</c>")
                except ValueError as error:
                    raise ValueError(f"{code} in row {number}: {error}") from error
        lines.append("</row>")
        if number % AT_ONCE == 0:
            target.write("".join(lines).encode())
            lines.clear()
    target.write("".join(lines).encode())
    target.write(xml[sample.end() :].encode())


def _frame(columns: Sequence[Column], choices: Choices, title: str, watermark: str | None) -> bytes:
    """The workbook without its rows, but with one to copy the styles from."""
    target = io.BytesIO()
    book = new_book(target, title, watermark or "")
    sheet = book.add_worksheet(sheet_name(title))
    about = book.add_worksheet(_("说明") if sheet_name(title) != _("说明") else _("导出说明")) if watermark else None
    formats = dress(book, sheet, columns, choices, heading_row=0)
    for at, column in enumerate(columns):
        sheet.write_blank(1, at, None, formats[column.code])
    if about is not None and watermark:
        about.set_column(0, 0, 80)
        for row, line in enumerate((title, watermark)):
            about.write_string(row, 0, neutral(line), book.add_format({"text_wrap": True, "num_format": "@"}))
        said = _running_line(watermark)
        sheet.set_header(f"&L{said}")
        sheet.set_footer(f"&L{said}&R&P / &N")
    book.close()
    return target.getvalue()


def _running_line(watermark: str) -> str:
    """The watermark within the 255 characters that a header has, `&` doubled, with a blank before a digit that would become a font size."""
    line = " ".join(watermark.split())[:110].replace("&", "&&")
    return f" {line}" if line[:1].isdigit() else line


def renderer(column: Column, choices: Choices) -> Render:
    """From a value to the rest of its cell's XML."""
    plain = texts_of(column, choices)

    def render(value: Any) -> str:
        if not isinstance(value, str | bool):
            if isinstance(value, int):
                if column.kind is Kind.WHOLE and abs(value) < 10**EXACT_DIGITS:
                    return f"><v>{value}</v>"
                if column.kind is Kind.HUNDREDTHS and abs(value) < 10**EXACT_DIGITS:
                    return f"><v>{hundredths(value)}</v>"
            elif isinstance(value, date):
                day = value.date() if isinstance(value, datetime) else value
                if day >= _FIRST_DAY:
                    return f"><v>{(day - _EPOCH).days}</v>"
        text = plain(value)
        if len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
            raise ValueError(f"a text of {len(text)} characters doesn't fit into a cell")
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f' t="inlineStr"><is><t xml:space="preserve">{_SPECIAL.sub(_escaped, text)}</t></is>'

    return render


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def hundredths(value: int) -> str:
    """89.34 for 8934."""
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}" + (f".{rest:02}" if rest else "")


def texts_of(column: Column, choices: Choices) -> Callable[[Any], str]:
    """From a value to the text that is written for it, with nothing in it that a spreadsheet would run."""
    titles = titles_of(column, choices.get(column.code, column.choices))

    def plain(value: Any) -> str:
        if isinstance(value, str):
            return neutral(titles.get(value, value) if column.kind is Kind.CHOICE else value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, tuple | list | frozenset | set):
            return neutral("、".join(titles.get(one, str(one)) for one in value))
        if isinstance(value, Fraction):
            return f"{value.numerator}/{value.denominator}"
        if isinstance(value, date):
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        if column.kind is Kind.HUNDREDTHS and isinstance(value, int):
            return hundredths(value)
        return neutral(str(value))

    return plain


def text_of(column: Column, value: Any, choices: Choices) -> str:
    """One value as the text that is written for it; "" for None."""
    return "" if value is None else texts_of(column, choices)(value)
