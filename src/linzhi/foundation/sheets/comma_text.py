"""CSV as Chinese offices have it: which encoding, which separator, and records that can't be told apart."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from linzhi.foundation.sheets.guard import LARGEST_FILE

Broken = tuple[str, str]
"""Why a record can't be told apart, and what to do."""

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


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


def records(text: str) -> Iterator[tuple[int, list[str], Broken | None]]:
    """Each record with its number as a spreadsheet counts rows; one that can't be told apart comes with the reason."""
    delimiter = max(",\t;", key=text[:4096].count)
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            why = _("引号没有成对，这一行（也许连同后面的行）分不开格。")
            yield number, [], (why, _("文字里的英文引号要写成两个，整格用英文引号括起来。"))
        else:
            yield number, cells, None
