"""What is written is read back as the same values: our template blank, an export full, whatever the texts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhi.foundation.sheets import headings, reading, template, writing
from linzhi.foundation.sheets.cells import Noted, parser_of
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.identity import check_digit
from linzhi.foundation.sheets.plain import BadCell

ON = date(2026, 11, 20)
CHOICES = {"home": "住宅", "shop": "商铺（临街）", "a/b": "甲、乙", "x1": "=其他", "x2": "同名", "x3": "同名", "4": "4", "long": "很" * 200}
COLUMNS = (
    Column("key", "编号", Kind.CODE, required=True, key=True),
    *(Column(kind.value, f"列 {kind.value}", kind, choices=CHOICES, longest=2_000, sealed=kind is Kind.PHONE, note="说明", example="例")
      for kind in Kind),
)  # fmt: skip


def read(content: bytes, columns: Sequence[Column] = COLUMNS) -> list[reading.Parsed]:
    book = reading.open_book(content)
    found = headings.match(book.rows(book.sheets[0]), columns)
    assert found is not None
    assert (found.missing, found.unknown, found.twice) == ([], [], [])
    return list(reading.parsed(book, book.sheets[0], found, columns, {}, on=ON))


def written(rows: Iterator[Mapping[str, Any]] | list[Mapping[str, Any]], watermark: str | None = None) -> bytes:
    out = io.BytesIO()
    writing.write_rows(COLUMNS, {}, rows, title="台账", watermark=watermark, out=out)
    return out.getvalue()


def identity(born: date, before: str, serial: int) -> str:
    first = f"{before}{born:%Y%m%d}{serial:03}"
    return first + check_digit(first)


def read_alone(kind: Kind) -> st.SearchStrategy[Any]:
    """Any text that a cell of this kind can hold, as it is kept: what the parser makes of it."""
    parse = parser_of(Column("x", "x", kind, longest=2_000), {}, ON)

    def kept(text: str) -> Any:
        # Before "=" and the like an export puts an apostrophe; a person's own apostrophe there is taken off just so.
        try:
            value = parse(text)
        except BadCell:
            return None
        return value.value if isinstance(value, Noted) else value

    nasty = st.sampled_from(["=1+1", "'=1", "''@x", "-5度", "+86", "※ 注", "0012", "3-2", "1E10", "_x0041_",
                             "a\r\nb", "e\u0301", "👨‍👩‍👧‍👦", '"', "<&>",
                             "330106199001011234", "1" * 40, "𠮷", "TRUE", "2026-09-30", " 'x", "·", "#N/A",
                             "a  b", "\u3000", "…", "√"])  # fmt: skip
    text = st.lists(st.one_of(nasty, st.text(max_size=20)), max_size=4).map("".join)
    return text.map(kept)


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: read_alone(Kind.TEXT), Kind.LONG_TEXT: read_alone(Kind.LONG_TEXT), Kind.CODE: read_alone(Kind.CODE),
    Kind.NAME: read_alone(Kind.NAME),
    Kind.WHOLE: st.integers(-(10**18) + 1, 10**18 - 1), Kind.HUNDREDTHS: st.integers(-(10**17), 10**17),
    Kind.FRACTION: st.fractions(0, 1, max_denominator=10**12), Kind.DAY: st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    Kind.CHOICE: st.sampled_from([*CHOICES]), Kind.CHOICES: st.lists(st.sampled_from([*CHOICES]), min_size=1, unique=True).map(tuple),
    Kind.YES_NO: st.booleans(),
    Kind.PHONE: st.integers(13_000_000_000, 19_999_999_999).map(str)
    | st.sampled_from(["0571-88888888", "0571-88888888-12", "12345", "4001234567"]),
    Kind.IDENTITY: st.builds(
        identity, st.dates(date(1900, 1, 1), ON), st.sampled_from(["330106", "810000", "830000", "931156"]), st.integers(0, 999)
    ),
}  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.fixed_dictionaries({kind.value: st.none() | VALUES[kind] for kind in Kind}), max_size=12))
def test_every_value_of_every_kind_comes_back_as_it_was(rows: list[dict[str, Any]]) -> None:
    rows = [{"key": f"0{number}", **row} for number, row in enumerate(rows)]
    found = read(written(iter(rows), "张三 于 2026-11-20 导出"))
    assert [(row.row, row.faults, row.notices) for row in found] == [(row, [], []) for row in rows]


@pytest.mark.parametrize("text", ["=1+1", "'=1", "-5度还不供暖", "+86 打不通", "@市长您好", "=cmd|' /C calc'!A0", "※ 注意", "＝SUM(A1)"])
def test_nothing_written_runs_in_a_spreadsheet_also_after_it_was_saved_as_csv_and_it_is_read_back_as_it_was(text: str) -> None:
    content = written([{"key": "1", "long_text": text}])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cell = next(cell for cell in sheet[2] if cell.value and cell.column > 1)
    assert cell.data_type == "s"
    assert cell.value[0] == "'"
    assert read(content)[0].row["long_text"] == text


def test_codes_phones_and_names_are_text_cells_and_days_real_dates() -> None:
    texts = {"key": "007", "phone": "13800000000", "identity": "11010519491231002X", "name": "张三", "code": "0012"}
    content = written([{**texts, "day": date(2026, 9, 30), "hundredths": 8934}])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = {COLUMNS[cell.column - 1].code: cell for cell in sheet[2]}
    assert {cells[code].number_format for code in texts} == {"@"}
    assert {code: cells[code].value for code in texts} == texts
    assert (cells["day"].is_date, cells["day"].value.date()) == (True, date(2026, 9, 30))
    assert cells["hundredths"].value == 89.34


def test_masked_values_are_written_as_they_are_and_come_back_as_masks() -> None:
    (row,) = read(written([{"key": "1", "phone": "138****0000"}]))
    assert row.row["phone"] == Masked("138****0000")
    assert isinstance(row.row["phone"], Masked)
    assert row.faults == []


def test_the_watermark_is_on_every_page_and_on_a_sheet_of_its_own_and_above_no_row() -> None:
    mark = "张三 & 李四 于 2026-11-20 16:00 导出，用途：走访。" + "很长" * 200
    content = written([{"key": "1"}], mark)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "编号*"
    assert "张三" in sheet.oddHeader.left.text
    assert "张三" in sheet.oddFooter.left.text
    assert book["说明"]["A2"].value == mark
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        running = archive.read("xl/worksheets/sheet1.xml").decode().partition("<oddHeader>")[2].partition("</oddHeader>")[0]
    assert len(running.replace("&amp;", "&")) <= 255
    assert len(read(content)) == 1


def test_many_rows_are_written_without_holding_them() -> None:
    class Counting(io.RawIOBase):
        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.size += len(data)
            return len(data)

    left: list[int] = []

    def rows() -> Iterator[Mapping[str, Any]]:
        for at in range(20_000):
            yield {"key": str(at), "text": f"第 {at} 行", "name": "张三"}
            left.append(out.size)

    out: Any = Counting()
    writing.write_rows(COLUMNS, {}, rows(), title="台账", watermark=None, out=out)
    assert left[-1] > left[10_000] > left[0]
    assert out.size > left[-1]


def test_a_text_that_no_cell_can_hold_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="text in row 2"):
        written([{"key": "1", "text": "长" * 40_000}])


class TestTemplate:
    example: Mapping[str, Any] = {"key": "1", "fraction": Fraction(1, 2), "day": ON, "choice": "home", "hundredths": 8934, "yes_no": True}

    def test_read_back_blank_it_has_no_rows_and_no_faults(self) -> None:
        content = template.write("房屋", "填写前请先看。", COLUMNS, {}, [self.example])
        assert read(content) == []
        assert reading.open_book(content).sheets == ["房屋", "填写说明"]

    def test_filled_in_it_is_read(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(template.write("房屋", "", COLUMNS, {}, [])))
        sheet = book.worksheets[0]
        for at, column in enumerate(COLUMNS, 1):
            if column.code in ("key", "choice", "text"):
                sheet.cell(3, at, "住宅")
        saved = io.BytesIO()
        book.save(saved)
        (row,) = read(saved.getvalue())
        assert (row.number, row.row["choice"], row.row["key"], row.faults) == (3, "home", "住宅", [])

    def test_headings_say_what_is_required_and_carry_their_note(self) -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(template.write("房屋", "", COLUMNS, {}, []))).worksheets[0]
        assert sheet["A2"].value == "编号*"
        assert "必填" in sheet["A2"].comment.text
        assert sheet.freeze_panes == "A3"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$2:$2"

    def test_choices_have_drop_downs_also_where_the_list_is_long(self) -> None:
        book = openpyxl.load_workbook(
            io.BytesIO(template.write("房屋", "", COLUMNS, {"choice": {str(n): f"选项{n}" for n in range(300)}}, []))
        )
        rules = {str(rule.sqref).split("3")[0]: rule for rule in book.worksheets[0].data_validations.dataValidation}
        at = [column.code for column in COLUMNS].index("choice")
        assert "选项" in rules[chr(65 + at)].formula1
        assert rules[chr(65 + at)].showErrorMessage
        assert (book["选项"].max_row, book["选项"].sheet_state) == (300, "veryHidden")

    def test_columns_whose_digits_matter_keep_what_is_typed(self) -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(template.write("房屋", "", COLUMNS, {}, []))).worksheets[0]
        for at, column in enumerate(COLUMNS):
            if column.kind in (Kind.CODE, Kind.PHONE, Kind.IDENTITY, Kind.NAME, Kind.TEXT, Kind.FRACTION):
                assert sheet.column_dimensions[chr(65 + at)].number_format == "@", column.code

    def test_the_page_of_explanations_names_every_column_with_its_values_and_an_example(self) -> None:
        page = openpyxl.load_workbook(io.BytesIO(template.write("房屋", "填写前请先看。", COLUMNS, {}, [self.example])))["填写说明"]
        lines = [[str(cell or "") for cell in row] for row in page.iter_rows(values_only=True)]
        assert {str(column.title) for column in COLUMNS} <= {line[0] for line in lines}
        assert any("住宅" in cell for line in lines for cell in line)
        assert any("89.34" in line for line in lines)

    @pytest.mark.parametrize("title", ["甲/乙：[丙]*?", "很长" * 40, "填写说明", "'"])
    def test_any_title_makes_a_workbook(self, title: str) -> None:
        assert read(template.write(title, "", COLUMNS, {}, [])) == []
