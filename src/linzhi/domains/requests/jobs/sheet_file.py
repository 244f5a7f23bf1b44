"""A file of a hotline read into plain cells: CSV or Excel, with whatever is wrong with the file itself. Knows no database."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

Cell = str | int | float | bool | date | datetime | time | timedelta

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 100_000
SHOWN = 40

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
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
    if len(content) > LARGEST_FILE:
        return _refused(_("文件超过 64 MB。"), _("请分成几个文件。"))
    if not content.strip():
        return _refused(_("文件是空的。"), _("请选择有内容的文件。"))
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _read_excel(content)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _refused(_("文件是 UTF-16 编码。"), _("请另存为“CSV UTF-8（逗号分隔）”。"))
    if content[:4] == b"%PDF" or b"\x00" in content[:4096]:
        return _refused(_("这不是表格文件。"), _("请用 CSV 或 Excel（.xlsx、.xls）文件。"))
    return _read_csv(content)


def _refused(why: str, remedy: str) -> SheetFile:
    return SheetFile(problems=[Problem(0, "", "", why, remedy)])


def _read_excel(content: bytes) -> SheetFile:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if content[:2] == b"PK" and _unpacked(content) > LARGEST_UNPACKED:
        return _refused(_("文件解压以后太大。"), _("请分成几个文件，或另存为 CSV。"))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = book.sheet_names[0]
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError:
        return _refused(_("文件有密码，打不开。"), _("请去掉密码再导入。"))
    except (CalamineError, OSError, IndexError, ValueError):
        return _refused(_("Excel 文件打不开，可能已经损坏。"), _("请用 Excel 或 WPS 打开后另存一次。"))
    if len(cells) > MOST_ROWS:
        return _refused(_("一次最多 %(most)d 行。") % {"most": MOST_ROWS}, _("请分成几个文件。"))
    how = _("Excel，工作表“%(name)s”") % {"name": name}
    return SheetFile(how, [(number, row) for number, row in enumerate(cells, 1) if any(cell != "" for cell in row)])


def _unpacked(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _read_csv(content: bytes) -> SheetFile:
    text, how = decoded(content)
    found = SheetFile(how)
    head = text[:4096].split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    for number, cells, problem in _records(text, delimiter):
        if problem is not None:
            found.problems.append(problem)
        elif number > MOST_ROWS:
            return _refused(_("一次最多 %(most)d 行。") % {"most": MOST_ROWS}, _("请分成几个文件。"))
        elif any(cells):
            found.rows.append((number, list(cells)))
    return found


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a CSV file and how it was read, in words.

    UTF-8, with or without its mark, or GB18030 when that fits without a flaw. Bytes that fit nothing become lone surrogates,
    so that only their rows are refused. GB18030 reads nearly any bytes as some characters; so it is tried only when most
    of the file can't be UTF-8, lest one spoiled byte turn a whole UTF-8 file into gibberish.
    """
    try:
        return content.decode("utf-8-sig"), "CSV，UTF-8"
    except UnicodeDecodeError:
        pass
    beyond_ascii = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    fitting = sum(len(match) for match in _MULTIBYTE.findall(content))
    if fitting * 2 < beyond_ascii:
        try:
            return content.decode("gb18030"), "CSV，GB18030"
        except UnicodeDecodeError:
            return content.decode("gbk", "surrogateescape"), _("CSV，GB18030，有的地方不是")
    return content.decode("utf-8-sig", "surrogateescape"), _("CSV，UTF-8，有的地方不是")


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], Problem | None]]:
    """Each record with its number as a spreadsheet counts rows; a record that can't be told apart is a problem."""
    lines = io.StringIO(text, newline="")
    before = csv.field_size_limit(LARGEST_FILE)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                why = _("引号没有成对，这一行（也许连同后面的行）分不开格。")
                yield number, [], Problem(number, "", "", why, _("文字里的英文引号要写成两个，整格用英文引号括起来。"))
            else:
                yield number, cells, None
    finally:
        csv.field_size_limit(before)


def undecodable(text: str) -> bool:
    """Whether a cell holds bytes that are no text in the file's encoding."""
    return _SURROGATE.search(text) is not None
