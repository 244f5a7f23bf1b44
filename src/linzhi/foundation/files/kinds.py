"""What a file is, told from its content alone, and whether we take it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linzhi.kernel.refused import Refused

PHOTO_BYTES = 10 * 1024 * 1024
OTHER_BYTES = 20 * 1024 * 1024
SHEET_UNPACKED = 200 * 1024 * 1024
SHEET_PARTS = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_RUNNABLE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


@dataclass(frozen=True)
class Kind:
    """What a file is: `image`, `pdf` or `sheet`, with its content type and the ending for a download."""

    kind: str
    content_type: str
    ending: str


JPEG, PNG, WEBP = Kind("image", "image/jpeg", "jpg"), Kind("image", "image/png", "png"), Kind("image", "image/webp", "webp")
PDF, EXCEL, CSV = Kind("pdf", "application/pdf", "pdf"), Kind("sheet", XLSX, "xlsx"), Kind("sheet", "text/csv", "csv")


def refuse(code: str, message: str) -> Refused:
    """A refusal of the file that is being uploaded."""
    return Refused(f"files.{code}", message, status=422, field="file")


def tell(content: bytes, name: str) -> Kind:
    """The kind of a file by its content; `name` only tells a CSV from other plain text.

    Refused: empty, too large, HEIC (with how to get a JPEG instead), runnable PDFs, macros, and everything else we don't take.
    """
    if not content:
        raise refuse("empty", _("这个文件是空的。"))
    kind = _sniff(content, name)
    most = PHOTO_BYTES if kind.kind == "image" else OTHER_BYTES
    if len(content) > most:
        raise refuse(
            "too_large",
            _("文件太大了：照片最大 %(photo)s MB，其他文件最大 %(other)s MB。") % {"photo": PHOTO_BYTES >> 20, "other": OTHER_BYTES >> 20},
        )
    if kind is PDF:
        _check_pdf(content)
    elif kind is EXCEL:
        _check_workbook(content)
    return kind


def _sniff(content: bytes, name: str) -> Kind:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        words = _("这是 HEIC 格式的照片，很多手机和电脑打不开。请在手机“设置－相机－格式”里选“兼容性最佳”再拍，或者截一张图传上来。")
        raise refuse("heic", words)
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return EXCEL
    if name.lower().endswith(".csv") and _is_text(content):
        return CSV
    raise refuse("kind", _("只收照片（JPG、PNG、WebP）、PDF、Excel（xlsx）和 CSV 文件。"))


def _is_text(content: bytes) -> bool:
    if any(byte < 32 and byte not in (9, 10, 13) for byte in set(content)):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            head = content.decode(encoding)[:1000].lstrip().lower()
        except UnicodeDecodeError:
            continue
        return not head.startswith(("<", "#!"))
    return False


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-4096:]:
        raise refuse("broken", _("这个 PDF 不完整，可能没传完。请再传一次。"))
    if any(mark in content for mark in _RUNNABLE):
        raise refuse("runnable", _("这个 PDF 里有能运行的内容或附件。请打印成普通 PDF 再传。"))


def _check_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise refuse("broken", _("这个文件打不开，可能没传完。请再传一次。")) from error
    names = {entry.filename.lower() for entry in entries}
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise refuse("kind", _("这不是 Excel 工作簿。压缩包、Word 和旧版 xls 都不收，请另存为 xlsx。"))
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll")) or "/embeddings/" in name for name in names):
        raise refuse("runnable", _("这个 Excel 带有宏或嵌入的文件。请另存为不带宏的 xlsx 再传。"))
    if len(entries) > SHEET_PARTS or sum(entry.file_size for entry in entries) > SHEET_UNPACKED:
        raise refuse("bomb", _("这个 Excel 展开后太大了。请拆成几份再传。"))
