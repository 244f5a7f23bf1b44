"""What a file is, told by its content, and whether it is safe to open: each part unpacked once under limits before anything parses it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 768 * 1024 * 1024
LARGEST_RATIO = 250
"""How many times its packed size a part may have, once it is larger than SMALL."""
SMALL = 16 * 1024 * 1024
MOST_PARTS = 2_000
PIECE = 1024 * 1024

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_DEFINES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|table|head|meta|body)\b", re.IGNORECASE | re.DOTALL)


class Unreadable(Exception):
    """The file can't be read at all: why, and what to do. Both are sentences in Chinese."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


def kind_of(content: bytes) -> str:
    """ "xlsx", "ods", "xls" or "csv", whatever the file is called. Raises Unreadable when it is none of them or isn't safe to open."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("文件超过 %(n)d MB。") % {"n": LARGEST_FILE >> 20}, _("请分成几个文件。"))
    if not content.strip():
        raise Unreadable(_("文件是空的。"), _("请选择有内容的文件。"))
    if content.startswith(ZIP):
        return _packed_kind(content)
    if content.startswith(OLE):
        return _compound_kind(content)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("文件是 UTF-16 编码的文本。"), _("请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"))
    if _WEB_PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(_("这是网页，只是起了表格的名字。"), _("请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"))
    if content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        raise Unreadable(_("这是 XML 文件，不是 Excel 工作簿。"), _("请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")) or b"\x00" in content[:4096]:
        raise _no_workbook()
    return "csv"


def _no_workbook(what: str = "") -> Unreadable:
    why = _("这是%(what)s，不是表格。") % {"what": what} if what else _("这不是表格文件。")
    return Unreadable(why, _("请选择 Excel（.xlsx、.xls）、.ods 或 CSV 文件。"))


def broken() -> Unreadable:
    """The refusal of a file that can't be parsed."""
    return Unreadable(_("文件打不开，可能已经损坏，或者没有传完整。"), _("请用 Excel 或 WPS 打开后另存一次，再导入。"))


def locked() -> Unreadable:
    """The refusal of a file that asks for a password."""
    return Unreadable(_("文件有密码，打不开。"), _("请在 Excel 或 WPS 里去掉密码，另存后再导入。"))


def too_large() -> Unreadable:
    """The refusal of a file that would fill the memory once it is unpacked."""
    return Unreadable(_("文件展开以后太大，没有打开。"), _("请删去表格以外多余的行、列和图片，或者分成几个文件。"))


def _compound_kind(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked()
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    if "WordDocument".encode("utf-16-le") in content:
        raise _no_workbook(_(" Word 文件"))
    raise _no_workbook()


def _packed_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise broken() from error
    names = {part.filename.lower().replace("\\", "/").lstrip("/") for part in parts}
    kind = _kind_by_parts(names)
    if len(names) != len(parts):
        raise broken()
    _check_directory(parts)
    total = 0
    for part in parts:
        total += _check_part(content, part, LARGEST_UNPACKED - total)
    return kind


def _kind_by_parts(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Unreadable(_("这是二进制工作簿（.xlsb）。"), _("请用 Excel 打开，另存为 .xlsx 再导入。"))
    if "word/document.xml" in names:
        raise _no_workbook(_(" Word 文件"))
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    raise _no_workbook(_("压缩包"))


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the directory says, before a single byte is unpacked."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise too_large()
    for part in parts:
        if part.flag_bits & 0x1:
            raise locked()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken()
        if part.file_size > max(SMALL, LARGEST_RATIO * part.compress_size):
            raise too_large()


def _check_part(content: bytes, part: zipfile.ZipInfo, room: int) -> int:
    """Unpack one part without keeping it: its true size, which the directory may have lied about. Refuses entities."""
    size, tail = 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    for piece in unpacked(content, part):
        if is_xml and size == 0:
            _check_encoding(piece)
        size += len(piece)
        if size > part.file_size or size > room or size > max(SMALL, LARGEST_RATIO * part.compress_size):
            raise too_large()
        if is_xml:
            if b"<!" in piece and _DEFINES.search(tail + piece) or b"<!" in tail and _DEFINES.search(tail + piece[:16]):
                raise Unreadable(_("文件里有正常表格不会有的定义（XML 实体），可能不安全，没有打开。"),
                                 _("请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。"))  # fmt: skip
            tail = piece[-16:]
    if size != part.file_size:
        raise broken()
    return size


def _check_encoding(begin: bytes) -> None:
    declared = _DECLARED.match(begin.removeprefix(b"\xef\xbb\xbf"))
    if begin[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in begin[:64]:
        raise broken()
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise broken()


def unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part of a packed workbook in pieces of at most 1 MB, straight from its bytes; the size in the directory isn't believed."""
    header = content[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or not header.startswith(ZIP):
        raise broken()
    name, extra = struct.unpack("<HH", header[26:30])
    begin = part.header_offset + 30 + name + extra
    packed = memoryview(content)[begin : begin + part.compress_size]
    if len(packed) != part.compress_size:
        raise broken()
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), PIECE // 16):
            rest: bytes | memoryview = packed[at : at + PIECE // 16]
            while rest and not stream.eof:
                piece = stream.decompress(rest, PIECE)
                rest = stream.unconsumed_tail
                if piece:
                    yield piece
        while not stream.eof and (piece := stream.decompress(b"", PIECE)):
            yield piece
    except zlib.error as error:
        raise broken() from error
    if not stream.eof:
        raise broken()


def part_named(content: bytes, name: str) -> zipfile.ZipInfo | None:
    """The part of a packed workbook with this name, as spreadsheets look it up: without regard to case or a leading slash."""
    wanted = name.lower().replace("\\", "/").lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return next((part for part in archive.infolist() if part.filename.lower().replace("\\", "/").lstrip("/") == wanted), None)
