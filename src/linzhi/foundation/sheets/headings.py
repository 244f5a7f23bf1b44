"""Which row of a sheet is the heading and which column of a register each heading means."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from linzhi.foundation.sheets.columns import Column
from linzhi.foundation.sheets.plain import NOTE, Cell, matching

WITHIN = 20
"""Rows at the top among which the heading is looked for."""

_IGNORED = frozenset({"序号", "行号", "no", "no.", "#"})
_IN_BRACKETS = re.compile(r"[(\[【〔（][^()\[\]【】〔〕（）]*[)\]】〕）]$")


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: its (last) row, and which column (from 0) holds what.

    `unknown` are headings that mean nothing to us, `missing` the columns that no heading names, `twice` the titles of those that several
    do (none of them is taken), `texts` every heading as it stands there, of two rows joined by "/".
    """

    row_number: int
    columns: dict[int, str]
    unknown: list[str]
    missing: list[Column]
    twice: list[str] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)


def plain_heading(text: object) -> str:
    """A heading without what ledgers add to it: blanks, case, width, the mark of required ones."""
    return matching(text).strip("*:★☆").replace("(必填)", "").replace("(选填)", "").strip("*:")


def signature(headings: Iterable[object]) -> str:
    """What a layout of headings is remembered by: the same for the same headings in the same order, however they are spaced."""
    plain = [text for heading in headings if (text := plain_heading(heading))]
    return hashlib.sha256("\x1f".join(plain).encode("utf-8", "surrogatepass")).hexdigest()


def match(rows: Iterable[tuple[int, list[Cell]]], columns: Sequence[Column], layout: Mapping[str, str] | None = None) -> Heading | None:
    """The heading among the first 20 rows that names most columns; None for a sheet without rows.

    Titles, rows of groups above the names and our own notes may stand around it. Where nothing fits, the row with the most headings is
    returned without columns, so that a person can say what they mean. `layout` (heading -> column's code, "" for none) goes before all.
    """
    top = [(number, [_text(cell) for cell in cells]) for number, cells in _first(rows)]
    top = [(number, texts) for number, texts in top if any(texts) and not next(filter(None, texts)).startswith(NOTE)]
    if not top:
        return None
    words = _Words(columns, layout or {})
    single = [(number, dict(_filled(texts)), False) for number, texts in top]
    double = [(lower[0], _joined(upper[1], lower[1]), True) for upper, lower in pairwise(top) if lower[0] == upper[0] + 1]
    best = max([*single, *double], key=lambda one: len(words.found(one[1]).columns))
    found = words.found(best[1])
    if not found.columns:
        best = max(single, key=lambda one: sum(1 for text in one[1].values() if not text.replace(".", "").isdigit()))
        found = words.found(best[1])
    taken = set(found.columns.values())
    unknown = [text for at, text in sorted(best[1].items()) if at not in found.columns and not words.ignored(text)]
    missing = [column for column in columns if column.code not in taken]
    return Heading(best[0], found.columns, unknown, missing, found.twice, best[1])


def _first(rows: Iterable[tuple[int, list[Cell]]]) -> Iterable[tuple[int, list[Cell]]]:
    for number, cells in rows:
        if number > WITHIN:
            return
        yield number, cells


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _filled(texts: Sequence[str]) -> Iterable[tuple[int, str]]:
    return ((at, text) for at, text in enumerate(texts) if text)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> dict[int, str]:
    """Two rows as one: 产权信息 over 姓名 and 电话 is 产权信息/姓名 and 产权信息/电话."""
    found: dict[int, str] = {}
    group = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        if above:
            group = above if below else ""
        if below:
            found[at] = f"{group}/{below}" if group and group != below else below
        elif above:
            found[at] = above
    return found


@dataclass
class _Found:
    columns: dict[int, str]
    twice: list[str]


class _Words:
    """Every way to call a column."""

    def __init__(self, columns: Sequence[Column], layout: Mapping[str, str]) -> None:
        self.columns = {column.code: column for column in columns}
        self.layout = {plain_heading(heading): code for heading, code in layout.items()}
        self.names: dict[str, str] = {}
        loose: dict[str, set[str]] = {}
        for column in columns:
            self.names.setdefault(plain_heading(column.title), column.code)
        for column in columns:
            for alias in column.aliases:
                self.names.setdefault(plain_heading(alias), column.code)
            for name in (column.title, *column.aliases):
                loose.setdefault(_without_brackets(plain_heading(name)), set()).add(column.code)
        self.loose = {name: next(iter(codes)) for name, codes in loose.items() if len(codes) == 1 and name}

    def ignored(self, text: str) -> bool:
        """Whether nobody needs to be asked what a heading means."""
        plain = plain_heading(text)
        return plain in _IGNORED or self.layout.get(plain) == ""

    def meaning(self, text: str) -> tuple[int, str]:
        """The column's code that a heading means, after how sure that is (0: not at all)."""
        plain = plain_heading(text)
        if plain in self.layout:
            code = self.layout[plain]
            return (4, code) if code in self.columns else (0, "")
        parts = [plain] if "/" not in plain else [plain, plain.replace("/", ""), plain.rpartition("/")[2]]
        for sure, part in zip((3, 3, 1), parts, strict=False):
            if part in self.names:
                return sure, self.names[part]
        for part in parts:
            if _without_brackets(part) in self.loose:
                return 1, self.loose[_without_brackets(part)]
        return 0, ""

    def found(self, texts: Mapping[int, str]) -> _Found:
        """Which columns the headings name. Of two that mean the same, the surer one is taken; of two equally sure ones none is."""
        claims: dict[str, dict[int, list[int]]] = {}
        for at, text in texts.items():
            sure, code = self.meaning(text)
            if sure:
                claims.setdefault(code, {}).setdefault(sure, []).append(at)
        columns: dict[int, str] = {}
        twice = []
        for code, by_sureness in claims.items():
            best = by_sureness[max(by_sureness)]
            if len(best) == 1:
                columns[best[0]] = code
            else:
                twice.append(str(self.columns[code].title))
        return _Found(columns, twice)


def _without_brackets(text: str) -> str:
    return _IN_BRACKETS.sub("", text)
