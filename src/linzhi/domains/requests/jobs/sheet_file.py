"""A file of a hotline read into plain cells: CSV or Excel, with whatever is wrong with the file itself. Knows no database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import reading

Cell = str | int | float | bool | date | datetime | time | timedelta

MOST_ROWS = 100_000
SHOWN = 40

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """One thing wrong: `row` as a spreadsheet counts (0: the whole file), the column, what stands there, why not, what to do."""

    row: int
    column: str
    what: str
    why: str
    remedy: str

    def sentence(self) -> str:
        """The problem in one line for a list or a terminal."""
        where = _("第 %(row)d 行") % {"row": self.row} if self.row else _("整个文件")
        column = _("“%(column)s”") % {"column": self.column} if self.column else ""
        shown = _("（现在是：%(what)s）") % {"what": self.what} if self.what else ""
        return f"{where}{column}：{self.why}{shown}{self.remedy}"


@dataclass
class SheetFile:
    """The cells of a file, row by row with their numbers; `how` says in words how it was read."""

    how: str = ""
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def shortened(value: object) -> str:
    """A value as a report shows it: in one line, at most 40 characters; a long one says how long it is."""
    text = _SURROGATE.sub("�", " ".join(str(value).split()))
    return text if len(text) <= SHOWN else _("%(start)s…，共 %(n)d 字") % {"start": text[:SHOWN], "n": len(text)}


def read_sheet(content: bytes) -> SheetFile:
    """Read a file by what it holds, whatever its name says; what can't be read is a problem, never an exception."""
    try:
        book = reading.open_book(content)
        return _first_sheet(book, book.sheets[0]) if book.sheets else _refused(_("这个工作簿里没有工作表。"), "")
    except reading.Unreadable as error:
        return _refused(error.why, error.remedy)


def _first_sheet(book: reading.Book, sheet: str) -> SheetFile:
    found = SheetFile(book.how if book.how.startswith("CSV") else _("Excel，工作表“%(name)s”") % {"name": sheet})
    for number, cells in book.rows(sheet):
        if number > MOST_ROWS:
            return _refused(_("一次最多 %(most)d 行。") % {"most": MOST_ROWS}, _("请分成几个文件。"))
        if number in book.broken:
            why, remedy = book.broken[number]
            found.problems.append(Problem(number, "", "", why, remedy))
        else:
            found.rows.append((number, ["" if cell is None else cell for cell in cells]))
    return found


def _refused(why: str, remedy: str) -> SheetFile:
    return SheetFile(problems=[Problem(0, "", "", why, remedy)])


def undecodable(text: str) -> bool:
    """Whether a cell holds bytes that are no text in the file's encoding."""
    return _SURROGATE.search(text) is not None
