"""Workbooks written byte by byte, so that they can be wrong in any way a file can be."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="31"/></cellXfs></styleSheet>'
)
DATE, CHINESE_DATE, BUILT_IN_CHINESE_DATE = 1, 2, 3


class Raw(str):
    """The XML of a cell after its reference."""


def letters(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)


def cell(where: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return f'<c r="{where}"{value}</c>'
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value!r}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value), quote=False)}</t></is></c>'


def row(number: int, values: Sequence[object], attributes: str = "") -> str:
    cells = "".join(cell(f"{letters(at)}{number}", value) for at, value in enumerate(values))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def sheet(rows: Sequence[Sequence[object]], *, hidden: Sequence[int] = (), merges: Sequence[str] = (), before: str = "") -> str:
    lines = "".join(row(at, values, ' hidden="1"' if at in hidden else "") for at, values in enumerate(rows, 1))
    merged = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
    after = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    return f"{before}<sheetData>{lines}</sheetData>{after}"


def xlsx(
    *sheets: str, names: Sequence[str] = (), hidden: Sequence[str] = (), book: str = "",
    declare: str = '<?xml version="1.0" encoding="UTF-8"?>',
    more: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    names = names or [f"表{at}" for at in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="rId{at}"/>'
        for at, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="rId98" Type="{RELATED}/styles" Target="styles.xml"/>'
    if more and "xl/sharedStrings.xml" in more:
        related += f'<Relationship Id="rId99" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": STYLES,
    }
    for at, body in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = f'{declare}<worksheet xmlns="{MAIN}">{body}</worksheet>'
    return zipped({name: text.encode() for name, text in parts.items()} | dict(more or {}))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def lying(content: bytes, name: str, size: int) -> bytes:
    """The same zip, whose directory says that a part is only so large."""
    raw = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        begin = archive.start_dir
    at = raw.find(b"PK\x01\x02", begin)
    while at >= 0:
        length = struct.unpack_from("<H", raw, at + 28)[0]
        if raw[at + 46 : at + 46 + length] == name.encode():
            struct.pack_into("<I", raw, at + 24, size)
        at = raw.find(b"PK\x01\x02", at + 46)
    return bytes(raw)


def ods(body: str) -> bytes:
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="表1">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()})


def ods_row(*texts: str, attributes: str = "", each: str = "") -> str:
    cells = "".join(f'<table:table-cell office:value-type="string" {each}><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def xls(
    rows: Sequence[Sequence[object]], *, hidden: Sequence[int] = (), formulas: Mapping[tuple[int, int], bytes] | None = None,
    beyond: bytes = b"",
) -> bytes:  # fmt: skip
    """An .xls (BIFF8 in a compound file) with one sheet; rows of `hidden` count from 1, cells of `formulas` from 0."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for at, values in enumerate(rows):
        body += record(0x0208, struct.pack("<HHHHHHI", at, 0, len(values), 255, 0, 0, 0x20 if at + 1 in hidden else 0))
        for column, value in enumerate(values):
            if formulas and (at, column) in formulas:
                tokens = formulas[at, column]
                body += record(0x0006, struct.pack("<HHHdHIH", at, column, 0, 5.0, 0, 0, len(tokens)) + tokens)
            elif isinstance(value, str):
                body += record(0x0204, struct.pack("<HHHHB", at, column, 0, len(value), 1) + value.encode("utf-16-le"))
            elif value is not None:
                body += record(0x0203, struct.pack("<HHHd", at, column, 0, value))
    body += beyond + record(0x000A)
    name = "表1"

    def front(offset: int) -> bytes:
        entry = struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le")
        return record(0x0809, begin) + record(0x0085, entry) + record(0x000A)

    stream = front(len(front(0))) + body
    return compound("Workbook", stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0"))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream of at least 4,096 bytes, a multiple of 512: the table of sectors, the folder, the stream."""
    sectors = len(stream) // 512
    tables = -(-(sectors + 1) // 127)
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE] + [tables + 1 + at + 1 for at in range(sectors - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (title + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, tables + 1, len(stream)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *(at if at < tables else 0xFFFFFFFF for at in range(109)))
    return header + struct.pack(f"<{tables * 128}I", *chain) + folder + stream
