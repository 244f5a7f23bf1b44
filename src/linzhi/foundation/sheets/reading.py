"""A workbook read into cells, and its rows parsed by the columns of a register; each wrong cell with why and what to do.

Every file is told by its content, looked through under limits (`guard`, `oddities`) and only then given to the library that reads cells.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import comma_text, guard, old_excel
from linzhi.foundation.sheets.cells import Noted, Parse, parser_of
from linzhi.foundation.sheets.columns import Column
from linzhi.foundation.sheets.guard import Unreadable
from linzhi.foundation.sheets.headings import Heading
from linzhi.foundation.sheets.oddities import Merge, Oddities, OpenDocument, check_repeated_texts, look_through
from linzhi.foundation.sheets.plain import NOTE, BadCell, Cell
from linzhi.foundation.sheets.register import Fault
from linzhi.kernel import clock

__all__ = ["Book", "Parsed", "Unreadable", "open_book", "parsed"]

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRINGS = "xl/sharedStrings.xml"
_FOOTNOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|单位(?:负责人|盖章|（盖章）)|以下空白)\s*(?:[:：].*)?", re.DOTALL
)
OPTIONS = "选项"
"""The hidden sheet of our own workbooks that holds the drop-downs' lists."""
_NAMES = {"xlsx": "Excel（.xlsx）", "xls": "Excel（.xls）", "ods": "OpenDocument（.ods）"}


@dataclass
class Book:
    """An opened workbook. `sheets` are those that can be seen, `hidden` the others; `how` says in words how the file was read.

    `broken` fills up while a CSV file is read: rows that can't be told apart into cells, with why and what to do.
    """

    how: str
    sheets: list[str]
    hidden: list[str] = field(default_factory=list)
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)
    _read: Callable[[str], Iterable[tuple[int, list[Any]]]] = lambda _sheet: ()
    _look: Callable[[str], Oddities] = lambda _sheet: Oddities()

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with something in it, with its number in the spreadsheet; an empty cell is "". Raises Unreadable if it is too large."""
        yield from self._read(sheet)

    def oddities(self, sheet: str) -> Oddities:
        """What the cells don't say: formulas, errors, merged cells, hidden rows."""
        return self._look(sheet)


@dataclass(frozen=True)
class Parsed:
    """One row of a register from a file: its number there, each column's value, what is wrong, and notices that hinder nothing.

    A column that the file doesn't have, an empty cell and a wrong one are None; the heading and the faults tell them apart.
    """

    number: int
    row: dict[str, Any]
    faults: list[Fault]
    notices: list[str]


def open_book(content: bytes) -> Book:
    """Open a workbook by what it holds: .xlsx, .xls, .ods or CSV. Raises Unreadable with why and what to do."""
    kind = guard.kind_of(content)
    if kind == "csv":
        return _comma_book(content)
    return _Cells(content, kind).book()


def _comma_book(content: bytes) -> Book:
    text, how = comma_text.decoded(content)
    book = Book(how, ["CSV"])

    def read(_sheet: str) -> Iterator[tuple[int, list[Any]]]:
        for number, cells, broken in comma_text.records(text):
            if broken is not None:
                book.broken[number] = broken
                yield number, []
            elif any(cells):
                yield number, cells

    book._read = read
    return book


class _Cells:
    """The library's view of a workbook beside our own look at what the library doesn't tell."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.content, self.kind = content, kind
        self.seen: dict[str, Oddities] = {}
        self.loaded: tuple[str, Any] = ("", None)
        if kind == "ods":
            part = guard.part_named(content, "content.xml")
            self.seen = OpenDocument(guard.unpacked(content, part)).sheets if part else {}
        elif kind == "xls":
            self.by_order = old_excel.look_at(content)
        else:
            self.parts = _sheet_parts(content)
        from python_calamine import CalamineWorkbook

        self.workbook = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))

    def book(self) -> Book:
        sheets: list[str] = []
        hidden: list[str] = []
        for order, meta in enumerate(self.workbook.sheets_metadata):
            if str(meta.typ).endswith("WorkSheet"):
                (sheets if str(meta.visible).endswith(".Visible") else hidden).append(meta.name)
                if self.kind == "xls" and order < len(self.by_order):
                    self.seen[meta.name] = self.by_order[order]
        if not sheets and not hidden:
            raise Unreadable(_("这个工作簿里没有工作表。"), _("请用 Excel 或 WPS 打开看看，另存后再导入。"))
        how = _NAMES[self.kind]
        if named := [name for name in hidden if name != OPTIONS]:
            how += _("；隐藏的工作表没有读入：%(names)s") % {"names": "、".join(named)}
        return Book(how, sheets, hidden, _read=self.rows, _look=self.look)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        self.look(sheet)  # refuses what would fill the memory
        if self.loaded[0] != sheet or self.loaded[1] is None:
            self.loaded = (sheet, _guarded(lambda: self.workbook.get_sheet_by_name(sheet)))
        for number, cells in enumerate(self.loaded[1].iter_rows(), 1):
            if any(cells) or any(cell != "" for cell in cells):
                yield number, cells

    def look(self, sheet: str) -> Oddities:
        if sheet not in self.seen:
            self.seen[sheet] = self._look_through(sheet) if self.kind == "xlsx" else Oddities()
        found = self.seen[sheet]
        if not found.merges and self.kind != "ods":
            self.loaded = (sheet, self.loaded[1] if self.loaded[0] == sheet else _guarded(lambda: self.workbook.get_sheet_by_name(sheet)))
            for (top, left), (bottom, right) in self.loaded[1].merged_cell_ranges or ():
                found.merges.append((top + 1, bottom + 1, left, right))
        return found

    def _look_through(self, sheet: str) -> Oddities:
        part = guard.part_named(self.content, self.parts.get(sheet, ""))
        if part is None:
            raise guard.broken()
        strings = guard.part_named(self.content, _STRINGS)
        if strings is not None:
            check_repeated_texts(guard.unpacked(self.content, part), guard.unpacked(self.content, strings))
        return look_through(guard.unpacked(self.content, part), guard.unpacked(self.content, part))


def _guarded(read: Callable[[], Any]) -> Any:
    """What the library reads. Raises Unreadable for whatever it stumbles over, a panic of its inner language too."""
    from python_calamine import CalamineError, PasswordError

    try:
        return read()
    except PasswordError as error:
        raise guard.locked() from error
    except (CalamineError, OSError, ValueError) as error:
        raise guard.broken() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise guard.broken() from error
        raise


def _sheet_parts(content: bytes) -> dict[str, str]:
    """The name of each sheet of an .xlsx to the part that holds it."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "sheet":
            related = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            ids[attributes.get("name", "")] = related

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part_name, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        part = guard.part_named(content, part_name)
        if part is None:
            raise guard.broken()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = handler
        try:
            parser.Parse(b"".join(guard.unpacked(content, part)), True)
        except expat.ExpatError as error:
            raise guard.broken() from error
    return {name: _whole_path(targets.get(related, "")) for name, related in ids.items()}


def _whole_path(target: str) -> str:
    return target if target.startswith(("/", "xl/")) else f"xl/{target}"


def parsed(
    book: Book, sheet: str, heading: Heading, columns: Sequence[Column], choices: Mapping[str, Mapping[str, Any]], *, on: date | None = None
) -> Iterator[Parsed]:
    """Every row below the heading with something in its columns; notes and repeated headings are left out. `on` is today unless said."""
    parser = _RowParser(heading, columns, choices, on or clock.day_of(clock.now()))
    odd = book.oddities(sheet)
    marks = _Marks(odd, heading.row_number) if odd.formulas or odd.errors or odd.merges or odd.hidden else None
    for number, cells in book.rows(sheet):
        if number <= heading.row_number:
            continue
        if not cells:
            why, remedy = book.broken[number]
            yield Parsed(number, dict(parser.blank), [Fault("", why, remedy)], [])
            continue
        row = parser.parse(number, cells)
        if row is not None:
            if marks is not None:
                marks.put_on(row, parser.plan)
            for code in parser.required:
                if row.row[code] is None and not any(fault.column == code for fault in row.faults):
                    row.faults.append(Fault(code, _("没有填。"), _("这一列必填，请补上。")))
            yield row


class _RowParser:
    """One parser per column, made once."""

    def __init__(self, heading: Heading, columns: Sequence[Column], choices: Mapping[str, Mapping[str, Any]], on: date) -> None:
        by_code = {column.code: column for column in columns}
        self.heading = heading
        self.plan: list[tuple[int, str, Parse]] = [
            (at, code, parser_of(by_code[code], choices.get(code, by_code[code].choices), on))
            for at, code in sorted(heading.columns.items())
        ]
        self.blank: dict[str, Any] = dict.fromkeys(by_code)
        self.required = [code for _at, code, _parse in self.plan if by_code[code].required]
        self.least_width = max(heading.columns, default=-1) + 1
        self.width = max((*heading.texts, *heading.columns), default=-1) + 1
        self.first = min(heading.texts, default=0)
        self.headless = [at for at in range(self.width) if at not in heading.texts and at not in heading.columns]

    def parse(self, number: int, cells: list[Cell]) -> Parsed | None:
        """The row, or None for a blank one, a note or the heading once more."""
        if len(cells) < self.least_width:
            cells = cells + [""] * (self.least_width - len(cells))
        row = self.blank.copy()
        faults: list[Fault] = []
        notices: list[str] = []
        filled = 0
        for at, code, parse in self.plan:
            cell = cells[at]
            if cell == "" or cell is None:
                continue
            try:
                value = parse(cell)
            except BadCell as bad:
                faults.append(Fault(code, bad.why, bad.remedy))
                filled += 1
                continue
            if value is None:
                continue
            if value.__class__ is Noted:
                notices.append(value.notice)
                value = value.value
            row[code] = value
            filled += 1
        if not filled or self._is_aside(cells, row, filled):
            return None
        beside = cells[self.width :] + [cells[at] for at in self.headless if at < len(cells)] if self.headless else cells[self.width :]
        if beside and any(cell not in ("", None) for cell in beside):
            notices.append(_("第 %(row)d 行有的内容上面没有标题，没有读入。") % {"row": number})
        return Parsed(number, row, faults, notices)

    def _is_aside(self, cells: list[Cell], row: dict[str, Any], filled: int) -> bool:
        lead = cells[self.first] if self.first < len(cells) else ""
        if filled == 1 and any(row[code] is None for code in self.required):
            text = str(next(cell for at, _code, _parse in self.plan if (cell := cells[at]) not in ("", None))).strip()
            if _FOOTNOTE.fullmatch(text):
                return True
        if isinstance(lead, str) and lead:
            if lead.lstrip().startswith(NOTE):
                return True
            texts = self.heading.texts
            if lead.strip() == texts.get(self.first):
                return all(at < len(cells) and str(cells[at]).strip() == text for at, text in texts.items())
        return False


class _Marks:
    """What is odd about single cells, put on parsed rows as faults and notices. Rows come in order."""

    def __init__(self, odd: Oddities, heading_row: int) -> None:
        self.odd = odd
        self.rows = {row for row, _column in odd.formulas} | {row for row, _column in odd.errors} | odd.hidden
        self.ahead: list[Merge] = sorted((merge for merge in odd.merges if merge[1] > heading_row), reverse=True)
        self.reached: list[Merge] = []

    def put_on(self, row: Parsed, plan: list[tuple[int, str, Parse]]) -> None:
        """Add the faults and notices of a row."""
        while self.ahead and self.ahead[-1][0] <= row.number:
            self.reached.append(self.ahead.pop())
        self.reached = [merge for merge in self.reached if merge[1] >= row.number]
        if row.number not in self.rows and not self.reached:
            return
        for at, code, _parse in plan:
            where = (row.number, at)
            if any(merge[2] <= at <= merge[3] for merge in self.reached):
                self._replace(row, code, _("合并单元格。"), _("请取消合并后逐格填写。"))
            elif where in self.odd.formulas:
                self._replace(row, code, _("这一格是公式，不是填写的内容。"), _("请复制后“选择性粘贴”为“数值”。"))
            elif where in self.odd.errors:
                self._replace(row, code, _("这一格是表格软件的错误值（如 #N/A）。"), _("请重新填写。"))
        if row.number in self.odd.hidden:
            row.notices.append(_("第 %(row)d 行是隐藏行，也会读入。") % {"row": row.number})

    def _replace(self, row: Parsed, code: str, why: str, remedy: str) -> None:
        row.faults[:] = [fault for fault in row.faults if fault.column != code]
        row.faults.append(Fault(code, why, remedy))
        row.row[code] = None
