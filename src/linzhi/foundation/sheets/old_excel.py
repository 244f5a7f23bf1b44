"""What is odd about an .xls (BIFF8 in a compound file): formulas, errors, hidden rows, and how far its sheets reach."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from linzhi.foundation.sheets.guard import broken, locked, too_large
from linzhi.foundation.sheets.oddities import MOST_CELLS, Oddities

_BOF, _EOF, _SHEET, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F
_FORMULAS = (0x0006, 0x0206, 0x0406)
_ROW, _BOOL_OR_ERROR, _MANY_NUMBERS = 0x0208, 0x0205, 0x00BD
_CELLS = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, _BOOL_OR_ERROR, _MANY_NUMBERS, *_FORMULAS})
_LAST_SECTOR = 0xFFFFFFFA
_LONGEST_CHAIN = 200_000


def look_at(content: bytes) -> list[Oddities]:
    """The oddities of each sheet in the order of the workbook. Raises Unreadable: password, broken, too large."""
    try:
        stream = _workbook_stream(content)
        return [_sheet(stream, begin) for begin in _sheets(stream)]
    except (struct.error, IndexError, ValueError) as error:
        raise broken() from error


def _workbook_stream(content: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    tables = list(struct.unpack_from("<109I", content, 76))
    (following,) = struct.unpack_from("<I", content, 68)
    for _turn in range(_LONGEST_CHAIN):
        if following >= _LAST_SECTOR:
            break
        *more, following = struct.unpack(f"<{size // 4}I", sector(following))
        tables += more
    next_sector: list[int] = []
    for number in tables:
        if number < _LAST_SECTOR:
            next_sector += struct.unpack(f"<{size // 4}I", sector(number))

    def chain(number: int) -> Iterator[bytes]:
        for _turn in range(_LONGEST_CHAIN):
            if number >= _LAST_SECTOR:
                return
            yield sector(number)
            number = next_sector[number]

    folder = b"".join(islice(chain(struct.unpack_from("<I", content, 48)[0]), 1_000))
    for at in range(0, len(folder) - 127, 128):
        (length,) = struct.unpack_from("<H", folder, at + 64)
        name = folder[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        begin, wanted = struct.unpack_from("<II", folder, at + 116)
        if name in ("Workbook", "Book") and wanted >= 4096:
            return b"".join(islice(chain(begin), wanted // size + 1))[:wanted]
    raise ValueError("no workbook inside")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record until the end of the part that begins here, parts inside it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at, length
        at += length


def _sheets(stream: bytes) -> list[int]:
    begins = []
    for kind, at, _length in _records(stream, 0):
        if kind == _PASSWORD:
            raise locked()
        if kind == _SHEET:
            begins.append(struct.unpack_from("<I", stream, at)[0])
    return begins


def _sheet(stream: bytes, begin: int) -> Oddities:
    found = Oddities()
    top, bottom, left, right = 1 << 16, 0, 1 << 14, 0
    for kind, at, length in _records(stream, begin):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MANY_NUMBERS else column
            top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, last)
            if kind in _FORMULAS and not _writes_a_constant(stream[at : at + length]):
                found.formulas.add((row + 1, column))
            elif kind == _BOOL_OR_ERROR and stream[at + 7]:
                found.errors.add((row + 1, column))
        elif kind == _ROW and struct.unpack_from("<H", stream, at + 12)[0] & 0x20:
            found.hidden.add(struct.unpack_from("<H", stream, at)[0] + 1)
    if bottom >= top and (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
        raise too_large()
    return found


def _writes_a_constant(record: bytes) -> bool:
    """Whether a formula is nothing but a number or a text, such as ="0571"."""
    (length,) = struct.unpack_from("<H", record, 20)
    tokens = record[22 : 22 + length]
    if tokens[:1] == b"\x17":
        return length in (3 + tokens[1], 3 + 2 * tokens[1])
    return (tokens[:1], length) in ((b"\x1e", 3), (b"\x1f", 9))
