"""A ledger of dwellings to be read from workbooks of any sort."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from linzhi.foundation.sheets import headings, reading
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.reading import Parsed, Unreadable
from linzhi.foundation.sheets.tests import workbooks as made
from linzhi.foundation.sheets.tests.workbooks import Raw

ON = date(2026, 11, 20)
COLUMNS = (
    Column("room", "房号", key=True, required=True),
    Column("owner", "业主姓名", Kind.NAME, required=True, aliases=("姓名",)),
    Column("identity", "身份证号", Kind.IDENTITY, sealed=True),
    Column("phone", "联系电话", Kind.PHONE, sealed=True, aliases=("电话",)),
    Column("area", "专有面积（㎡）", Kind.HUNDREDTHS, least=100),
    Column("since", "交付日期", Kind.DAY),
    Column("code", "不动产单元号", Kind.CODE),
    Column("share", "份额", Kind.FRACTION),
    Column("use", "用途", Kind.CHOICE, choices={"home": "住宅", "shop": "商铺"}, words={"住房": "home"}),
    Column("lift", "有电梯", Kind.YES_NO),
    Column("floors", "层数", Kind.WHOLE, least=1, most=200),
)
HEADING = [column.title for column in COLUMNS]


def filled(**cells: object) -> list[object]:
    values: dict[str, object] = {"room": "3-1-501", "owner": "张三"} | cells
    return [values.get(column.code) for column in COLUMNS]


def rows_of(content: bytes) -> list[Parsed]:
    book = reading.open_book(content)
    found = headings.match(book.rows(book.sheets[0]), COLUMNS)
    assert found is not None
    return list(reading.parsed(book, book.sheets[0], found, COLUMNS, {}, on=ON))


def one(value: object, column: str) -> Parsed:
    (row,) = rows_of(made.xlsx(made.sheet([HEADING, filled(**{column: value})])))
    return row


def value_of(value: object, column: str) -> Any:
    row = one(value, column)
    assert row.faults == []
    return row.row[column]


def why(value: object, column: str) -> str:
    row = one(value, column)
    (fault,) = row.faults
    assert (fault.column, row.row[column]) == (column, None)
    assert fault.remedy
    return fault.why


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        book = reading.open_book(content)
        for sheet in book.sheets:
            list(book.rows(sheet))
    assert caught.value.remedy
    return caught.value.why


def number(value: str, style: int = 0) -> Raw:
    return Raw(f' s="{style}"><v>{value}</v>')


def replaced(content: bytes, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return made.zipped({name: archive.read(name) for name in archive.namelist()} | parts)
