"""The bad rows of a file as a workbook to be corrected and sent again: the same headings, wrong cells coloured, with why and what to do."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import queries
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.plain import neutral
from linzhi.foundation.sheets.running import source_of
from linzhi.foundation.sheets.showing import as_text

Faults = Mapping[tuple[int, str], list[str]]


def marked(one: SheetImport) -> bytes:
    """The workbook. Every cell is text, so that nothing in it runs and no number changes. Raises NotFound when the file was forgotten."""
    import xlsxwriter

    source = source_of(one)
    faults: dict[tuple[int, str], list[str]] = {}
    for found in queries.findings(one, "fault"):
        faults.setdefault((found.row, found.column), []).append(f"{found.words['why']}{found.words['remedy']}")
    wanted = {row for row, _column in faults}
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_("要改的行"))
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "good": book.add_format({"num_format": "@", "valign": "top"}),
        "bad": book.add_format({"num_format": "@", "valign": "top", "bg_color": "#F9D5CF", "border": 1, "border_color": "#B3261E"}),
    }
    for at, text in source.heading.texts.items():
        sheet.write_string(0, at, neutral(text), formats["head"])
        sheet.set_column(at, at, 16, formats["good"])
    line = 0
    for number, cells in source.book.rows(source.sheet):
        if number in wanted:
            line += 1
            _write(sheet, formats, line, number, list(cells), source.heading.columns, faults)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _write(
    sheet: Any, formats: Mapping[str, Any], line: int, number: int, cells: list[Any], codes: Mapping[int, str], faults: Faults
) -> None:  # fmt: skip
    cells += [None] * (max(codes, default=0) + 1 - len(cells))
    whole = faults.get((number, ""), [])
    for at, cell in enumerate(cells):
        wrong = faults.get((number, codes[at]), []) if at in codes else []
        if whole and at == 0:
            wrong = [*whole, *wrong]
        sheet.write_string(line, at, neutral(as_text(cell)), formats["bad" if wrong else "good"])
        if wrong:
            sheet.write_comment(line, at, "\n".join(wrong), {"x_scale": 2})
