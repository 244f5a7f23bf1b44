"""A workbook as the rows of a register at a place: which sheet, which columns, each row parsed, doubles within the file found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import headings, layouts, reading
from linzhi.foundation.sheets.columns import Column, Masked
from linzhi.foundation.sheets.headings import Heading
from linzhi.foundation.sheets.reading import Book
from linzhi.foundation.sheets.register import CHUNK, Fault, Register
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused

Choices = dict[str, Mapping[str, Any]]


@dataclass(slots=True)
class Line:
    """One row of the file: its number there, the parsed values, what is wrong with its cells, and notices that hinder nothing."""

    number: int
    row: Mapping[str, Any]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]


def choices_of(register: Register, place: Territory) -> Choices:
    """Column code to its choices at a place: the jurisdiction's where it decides them, else the column's own."""
    found: Choices = {}
    for column in register.columns:
        own = register.choices(place, column) if register.choices is not None else None
        found[column.code] = column.choices if own is None else own
    return found


@contextmanager
def readable() -> Iterator[None]:
    """Refuse a workbook that can't be read, wherever in it that is found, with why and what to do."""
    try:
        yield
    except reading.Unreadable as error:
        raise Refused("sheets.unreadable", f"{error.why}{error.remedy}", status=422, field="file") from error


def open_book(content: bytes) -> Book:
    """The workbook. Refused with why and what to do when it can't be read."""
    with readable():
        return reading.open_book(content)


class Source:
    """A workbook laid beside a register's columns."""

    def __init__(
        self, book: Book, register: Register, place: Territory, chosen: Mapping[str, str] | None = None, on: date | None = None
    ) -> None:  # fmt: skip
        self.book = book
        self.register = register
        self.place = place
        self.on = on
        self.choices = choices_of(register, place)
        with readable():
            self.sheet, self.bare, self.heading, self.signature, self.layout = self._look(chosen)

    def _look(self, chosen: Mapping[str, str] | None) -> tuple[str, Heading, Heading, str, dict[str, str]]:
        """The sheet whose headings fit best; what was chosen now, or remembered from the last time, helps."""
        best: tuple[str, Heading, Heading, str, dict[str, str]] | None = None
        for sheet in self.book.sheets:
            bare = headings.match(self.book.rows(sheet), self.register.columns, {})
            if bare is None or not bare.texts:
                continue
            signature = headings.signature(text for _at, text in sorted(bare.texts.items()))
            layout = dict(chosen if chosen is not None else layouts.remembered(self.register.code, signature, self.place.path))
            found = headings.match(self.book.rows(sheet), self.register.columns, layout) or bare if layout else bare
            if best is None or len(found.columns) > len(best[2].columns):
                best = (sheet, bare, found, signature, layout)
        if best is None:
            raise Refused("sheets.empty", _("这个工作簿里没有数据。请看看是不是传错了文件，或者先下载模板再填。"), status=422, field="file")
        return best

    @property
    def missing(self) -> list[str]:
        """Codes of required columns that the file doesn't have."""
        return [column.code for column in self.heading.missing if column.required]

    def lines(self) -> Iterator[Line]:
        """Every row, with a fault on each later row that has the natural key of an earlier one."""
        keys = [column for column in self.register.columns if column.key]
        codes = [column.code for column in keys]
        sealed = any(column.sealed for column in keys)
        seen: dict[int, int] = {}
        for parsed in self._parsed():
            row, faults = parsed.row, tuple(parsed.faults)
            key = [row[code] for code in codes]
            # A mask stands for many: two rows that show the same one may be two people.
            if not faults and any(key) and not (sealed and any(isinstance(part, Masked) for part in key)):
                # Hashes alone: a million keys as texts would take ten times the memory.
                first = seen.setdefault(hash(tuple(key)), parsed.number)
                if first != parsed.number:
                    faults = (_double(keys, first),)
            yield Line(parsed.number, row, faults, tuple(parsed.notices))

    def _parsed(self) -> Iterator[reading.Parsed]:
        with readable():
            yield from reading.parsed(self.book, self.sheet, self.heading, self.register.columns, self.choices, on=self.on)

    def batches(self, after: int = 0) -> Iterator[list[Line]]:
        """The rows behind the row number `after`, at most CHUNK at once."""
        batch: list[Line] = []
        for line in self.lines():
            if line.number <= after:
                continue
            batch.append(line)
            if len(batch) == CHUNK:
                yield batch
                batch = []
        if batch:
            yield batch

    def raw(self, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """What stands in the cells of some rows: row number to column code to the cell as it was read."""
        wanted, found = set(numbers), {}
        for number, cells in self.book.rows(self.sheet):
            if number in wanted:
                found[number] = {code: cells[at] for at, code in self.heading.columns.items() if at < len(cells)}
        return found


def _double(keys: Sequence[Column], first: int) -> Fault:
    names = "、".join(str(column.title) for column in keys)
    why = _("和第 %(row)d 行的%(names)s一样，是重复的一行。") % {"row": first, "names": names}
    return Fault(keys[-1].code, why, _("请删掉其中一行，或者改正%(names)s。") % {"names": names})
