"""What the cells of a sheet don't say: which of them are formulas or errors, which rows are hidden, how far the sheet really reaches.

The library that reads the cells keeps none of this, and it reserves memory for the rectangle that holds them all; so the sheet's own XML is
looked through before, in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from linzhi.foundation.sheets.guard import broken, too_large

MOST_CELLS = 12_000_000
"""Cells of the rectangle around everything filled in: some 300 MB."""
MOST_TEXT = 256 * 1024 * 1024
"""Bytes of text in all cells of a sheet, each repetition counted."""
WIDEST, LOWEST = 16_384, 1_048_576

Merge = tuple[int, int, int, int]
"""First row, last row (as in Excel), first column, last column (from 0)."""

_PLAIN_FORMULA = re.compile(r'\s*(?:[+-]?\d+(?:\.\d+)?|"(?:[^"]|"")*")\s*')
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})\d')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>\s*<(?!/)')
_FORMULA, _HIDDEN, _ERROR = re.compile(rb"<f[\s/>]"), re.compile(rb"<row[^<>]*hidden="), b't="e"'


@dataclass
class Oddities:
    """What is odd about a sheet; rows as in Excel, columns from 0. `formulas` leaves out those that only write a constant."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


class Unusual(Exception):
    """The XML isn't as spreadsheets write it, or has something to note: the careful look is needed."""


def column_number(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def look_through(pieces: Iterable[bytes], again: Iterable[bytes]) -> Oddities:
    """A sheet of an .xlsx, quickly where nothing is odd; `again` are the same pieces once more. Raises Unreadable when it is too large."""
    try:
        _quick_look(pieces)
    except Unusual:
        return _CarefulLook().over(again)
    return Oddities()


def _quick_look(pieces: Iterable[bytes]) -> None:
    """Make sure that there is nothing to note and that the sheet isn't too large. Raises Unusual otherwise."""
    letters: set[bytes] = set()
    last = 0
    for piece in _between_rows(pieces):
        if _FORMULA.search(piece) or _ERROR in piece or b"hidden=" in piece and _HIDDEN.search(piece):
            raise Unusual
        cells = piece.count(b'<c r="')
        if cells != piece.count(b"<c ") or b":c " in piece or b"<c>" in piece or b"<c/>" in piece:
            raise Unusual
        filled = piece.count(b"<v") + piece.count(b"<is")
        if not filled:
            continue  # blank cells, of which a sheet may have millions
        if filled < cells:
            found = _FILLED.findall(piece)
            letters.update(one[0] for one in found)
            last = max(last, int(found[-1][1])) if found else last
        else:
            letters.update(_LETTERS.findall(piece))
            last = max(last, int(piece[piece.rfind(b'<c r="') :].split(b'"', 2)[1].lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0))
    width = max((column_number(one.decode()) for one in letters), default=-1) + 1
    if width * last > MOST_CELLS:
        raise Unusual  # perhaps they aren't in order


def _between_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a row begins, so that no cell is torn apart."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<row")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 64 * 1024 * 1024:
            raise too_large()
    yield rest


class _CarefulLook:
    """Goes through a sheet's XML element by element."""

    def __init__(self) -> None:
        self.found = Oddities()
        self.row = self.column = 0
        self.formula: list[str] | None = None
        self.at = (0, 0)
        self.left, self.right, self.top, self.bottom = WIDEST, 0, LOWEST, 0

    def over(self, pieces: Iterable[bytes]) -> Oddities:
        """What is odd. Raises Unreadable for broken XML or too large a sheet."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.EntityDeclHandler = _no_entities
        self.parser = parser
        try:
            for piece in pieces:
                parser.Parse(piece)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, KeyError) as error:
            raise broken() from error
        if self.bottom and (self.bottom - self.top + 1) * (self.right - self.left + 1) > MOST_CELLS:
            raise too_large()
        return self.found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name == "c":
            self.cell(attributes)
        elif name in ("v", "is"):
            row, column = self.at
            self.left, self.right = min(self.left, column), max(self.right, column)
            self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.found.hidden.add(self.row)
        elif name == "f":
            self.formula = []
            self.parser.CharacterDataHandler = self.formula.append

    def cell(self, attributes: dict[str, str]) -> None:
        where = attributes.get("r")
        if where is None:
            self.at = (self.row, self.column)
        else:
            digits = where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            self.at = (int(digits), column_number(where.removesuffix(digits)))
        if not (0 < self.at[0] <= LOWEST and 0 <= self.at[1] < WIDEST):
            raise ValueError("a cell outside the sheet")
        self.column = self.at[1] + 1
        if attributes.get("t") == "e":
            self.found.errors.add(self.at)

    def end(self, name: str) -> None:
        if self.formula is not None and name.rpartition(" ")[2] == "f":
            if not _PLAIN_FORMULA.fullmatch("".join(self.formula)):
                self.found.formulas.add(self.at)
            self.formula = None
            self.parser.CharacterDataHandler = None


def _no_entities(*_names: object) -> None:
    raise broken()


def check_repeated_texts(sheet: Iterable[bytes], strings: Iterable[bytes]) -> None:
    """Raises Unreadable when the texts that a sheet of an .xlsx only points to would be too many once each cell has its own."""
    lengths = [len(one) for one in b"".join(strings).split(b"</si>")]
    longest, cells, total = max(lengths), 0, 0
    pointers = re.compile(rb't="s"[^<>]*><v>(\d{1,9})</v>')
    for piece in _between_rows(sheet):
        cells += piece.count(b't="s"')
        if cells * longest > MOST_TEXT:
            total += sum(lengths[int(one)] for one in pointers.findall(piece) if int(one) < len(lengths))
            if total > MOST_TEXT:
                raise too_large()


class OpenDocument:
    """What is odd about each sheet of an .ods, whose repeated cells could otherwise grow without end."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.sheets: dict[str, Oddities] = {}
        self.hidden_sheets: set[str] = set()
        self.found = Oddities()
        self.row = self.times = self.column = self.cells = self.text = self.copies = 0
        self.is_hidden = self.filled = False
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self.said, _no_entities
        try:
            for piece in pieces:
                parser.Parse(piece)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, KeyError) as error:
            raise broken() from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "table:table":
            self.found = self.sheets[attributes["table:name"]] = Oddities()
            self.row = self.cells = self.text = 0
        elif name == "table:table-row":
            self.times = int(attributes.get("table:number-rows-repeated", 1))
            self.is_hidden = attributes.get("table:visibility") in ("collapse", "filter")
            self.column, self.filled = 0, False
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell(attributes)

    def cell(self, attributes: dict[str, str]) -> None:
        """A cell, perhaps standing for many."""
        times = int(attributes.get("table:number-columns-repeated", 1))
        at = (self.row + 1, self.column)
        tall, wide = int(attributes.get("table:number-rows-spanned", 1)), int(attributes.get("table:number-columns-spanned", 1))
        if tall > 1 or wide > 1:
            self.found.merges.append((at[0], at[0] + tall - 1, at[1], at[1] + wide - 1))
        self.copies = 0
        if "office:value-type" in attributes:
            self.filled, self.copies = True, times * self.times
            self.cells += times * self.times
            if self.cells > MOST_CELLS or self.column + times > WIDEST:
                raise too_large()
            if "table:formula" in attributes and not _PLAIN_FORMULA.fullmatch(attributes["table:formula"].removeprefix("of:=")):
                self.found.formulas.update((at[0] + down, at[1] + right) for down in range(self.times) for right in range(times))
        self.column += times

    def said(self, text: str) -> None:
        """Text, perhaps of a repeated cell."""
        self.text += len(text) * self.copies
        if self.text > MOST_TEXT:
            raise too_large()

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "table:table-row":
            if self.filled and self.is_hidden:
                self.found.hidden.update(range(self.row + 1, self.row + 1 + self.times))
            self.row += self.times
            self.copies = 0
            if self.filled and self.row * min(self.column, WIDEST) > MOST_CELLS:
                raise too_large()
