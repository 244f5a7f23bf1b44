"""Files full of harm: bombs, lies, entities, formats under a wrong name. Each is read right or refused with the reason."""

from __future__ import annotations

import struct
import tracemalloc

import pytest

from linzhi.foundation.sheets import guard, oddities, reading
from linzhi.foundation.sheets.reading import Unreadable
from linzhi.foundation.sheets.tests import workbooks as made
from linzhi.foundation.sheets.tests.ledger import HEADING, filled, refusal, replaced, rows_of


class TestFiles:
    def test_an_xls_is_read_by_its_content_whatever_its_name(self) -> None:
        content = made.xls([HEADING[:5], ["1-101", "张三", None, "13800000000", 89.34], ["1-102", "李四", None, None, 5.0]],
                           hidden=[3], formulas={(2, 4): b"\x44\0\0\0\0"})  # fmt: skip
        first, second = rows_of(content)
        assert (first.row["area"], first.faults) == (8934, [])
        assert "公式" in second.faults[0].why
        assert second.notices == ["第 3 行是隐藏行，也会读入。"]

    def test_a_constant_formula_of_an_xls_is_read(self) -> None:
        (row,) = rows_of(made.xls([HEADING[:5], ["1-101", "张三", None, None, 5.0]], formulas={(1, 4): b"\x1e\x05\x00"}))
        assert row.row["area"] == 500

    def test_a_file_with_a_password_is_refused_as_that(self) -> None:
        assert "密码" in refusal(made.compound("EncryptedPackage", bytes(4096)))
        assert "密码" in refusal(made.xls([["房号"]]).replace(struct.pack("<HH", 0x0085, 12), struct.pack("<HH", 0x002F, 12)))

    def test_a_zip_bomb_is_refused_by_what_its_directory_says(self) -> None:
        bomb = made.xlsx(made.sheet([HEADING]), more={"xl/media/image1.xml": b"0" * 40_000_000})
        assert "太大" in refusal(bomb)

    def test_a_zip_bomb_is_refused_by_what_comes_out_where_the_directory_lies(self) -> None:
        bomb = made.xlsx(made.sheet([HEADING]), more={"xl/media/image1.xml": b"0" * 40_000_000})
        tracemalloc.start()
        assert "太大" in refusal(made.lying(bomb, "xl/media/image1.xml", 1_000))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()

    def test_a_bomb_of_repeated_text_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(oddities, "MOST_TEXT", 1_000_000)
        strings = f'<sst xmlns="{made.MAIN}"><si><t>{"长" * 10_000}</t></si></sst>'.encode()
        rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 100))
        assert "太大" in refusal(made.xlsx(f"<sheetData>{rows}</sheetData>", more={"xl/sharedStrings.xml": strings}))

    def test_a_file_that_is_too_large_is_refused_unopened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "LARGEST_FILE", 100)
        assert "超过" in refusal(made.xlsx(made.sheet([HEADING])))

    @pytest.mark.parametrize("declare", [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ])  # fmt: skip
    def test_entities_are_refused(self, declare: str) -> None:
        assert "实体" in refusal(made.xlsx(made.sheet([HEADING]), declare=declare))

    def test_entities_hidden_behind_another_encoding_are_refused(self) -> None:
        text = (
            f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{made.MAIN}"><sheetData/></worksheet>'
        )
        refusal(replaced(made.xlsx(made.sheet([HEADING])), {"xl/worksheets/sheet1.xml": text.encode("utf-16")}))

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "空的"), (b" \n ", "空的"), (b"%PDF-1.7 ...", "不是表格"), (b"PK\x03\x04 broken", "打不开"), (b"\x00\x01\x02", "不是表格"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "网页"), (b"<?xml version='1.0'?><Workbook/>", "XML"),
            (b"\xff\xfe1\x00", "UTF-16"), (made.zipped({"word/document.xml": b"<x/>"}), "Word"), (made.zipped({"a.txt": b"x"}), "压缩包"),
            (made.zipped({"xl/workbook.bin": b"x"}), "xlsb"), (made.compound("WordDocument", bytes(4096)), "Word"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "不是表格"),
        ],
    )  # fmt: skip
    def test_what_is_no_workbook_is_refused_as_what_it_is(self, content: bytes, says: str) -> None:
        assert says in refusal(content)

    def test_a_workbook_cut_off_or_spoiled_anywhere_is_refused_never_half_taken(self) -> None:
        content = made.xlsx(made.sheet([HEADING, *(filled(room=str(at)) for at in range(50))]))
        for cut in range(40, len(content), 97):
            refusal(content[:cut])
        whole = len(rows_of(content))
        for at in range(30, len(content), 61):
            spoiled = bytearray(content)
            spoiled[at] ^= 0xFF
            try:
                assert len(rows_of(bytes(spoiled))) == whole
            except Unreadable:
                continue

    def test_a_spoiled_xls_is_refused_or_read_but_never_crashes(self) -> None:
        content = made.xls([HEADING[:2], *([str(at), "张三"] for at in range(40))])
        for at in range(8, len(content), 101):
            spoiled = bytearray(content)
            spoiled[at] ^= 0xFF
            try:
                book = reading.open_book(bytes(spoiled))
                for sheet in book.sheets:
                    list(book.rows(sheet))
            except Unreadable:
                continue

    def test_an_xls_whose_cells_would_fill_the_memory_is_refused(self) -> None:
        far = struct.pack("<HHHHHd", 0x0203, 14, 0xFFFF, 0x3FFF, 0, 1.0)
        assert "太大" in refusal(made.xls([HEADING], beyond=far))


class TestOpenDocument:
    def test_it_is_read_with_its_formulas_merges_and_hidden_rows(self) -> None:
        blank = '<table:table-cell table:number-columns-repeated="16384"/>'
        blank = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
        body = (
            made.ods_row("房号", "业主姓名", "备注") + made.ods_row("1", "张三", "x", attributes='table:visibility="collapse"')
            + made.ods_row("2", "李四", "x", each='table:formula="of:=[.A1]"')
            + made.ods_row("3", "王五", "x", each='table:number-rows-spanned="2"') + blank
        )  # fmt: skip
        hidden, formula, merged = rows_of(made.ods(body))
        assert hidden.notices == ["第 2 行是隐藏行，也会读入。"]
        assert {fault.why for fault in formula.faults} == {"这一格是公式，不是填写的内容。"}
        assert {fault.why for fault in merged.faults} == {"合并单元格。"}

    def test_a_bomb_of_repeated_cells_is_refused(self) -> None:
        body = made.ods_row("x", attributes='table:number-rows-repeated="1048576"', each='table:number-columns-repeated="16384"')
        assert "太大" in refusal(made.ods(body))
        assert "太大" in refusal(made.ods(made.ods_row("长" * 5_000, attributes='table:number-rows-repeated="1000000"')))


class TestCommaText:
    @pytest.mark.parametrize(("encoding", "how"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
    def test_csv_is_read_in_the_encodings_of_chinese_offices(self, encoding: str, how: str) -> None:
        content = '房号,业主姓名,专有面积（㎡）,不动产单元号\n3-1-501,张三,89.34,="0571"\n'.encode(encoding)
        (row,) = rows_of(content)
        assert (row.row["owner"], row.row["area"], row.row["code"]) == ("张三", 8934, "0571")
        assert how in reading.open_book(content).how

    def test_a_quote_without_its_partner_is_a_fault_of_its_row_and_the_rows_before_are_read(self) -> None:
        first, second = rows_of('房号,业主姓名\n1,张三\n2,"李四\n'.encode())
        assert first.faults == []
        assert "引号" in second.faults[0].why

    def test_a_row_in_another_encoding_is_a_fault_and_the_others_are_read(self) -> None:
        lines = ["房号,业主姓名".encode(), "1,张三".encode("gb18030"), "2,李四".encode()]
        bad, good = rows_of(b"\n".join(lines))
        assert "编码" in bad.faults[0].why
        assert good.faults == []
