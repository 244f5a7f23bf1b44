"""Workbooks full of harm: each is read right or refused with the reason, never half-taken and never silently."""

from __future__ import annotations

from datetime import date

import pytest

from linzhi.foundation.sheets import headings, oddities, reading
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.tests import workbooks as made
from linzhi.foundation.sheets.tests.ledger import HEADING, ON, filled, number, one, refusal, replaced, rows_of, value_of, why
from linzhi.foundation.sheets.tests.workbooks import BUILT_IN_CHINESE_DATE, CHINESE_DATE, DATE, Raw


class TestCells:
    def test_an_identity_number_in_a_numeric_cell_is_refused_because_excel_has_destroyed_it(self) -> None:
        assert "末几位已经丢了" in why(number("330106199001011234"), "identity")

    @pytest.mark.parametrize("column", ["identity", "code", "room", "phone"])
    def test_scientific_notation_is_refused_wherever_it_stands(self, column: str) -> None:
        assert "末几位已经丢了" in why("3.30106E+17", column)

    def test_a_long_code_in_a_numeric_cell_is_refused_and_a_short_one_is_exact(self) -> None:
        assert "末几位已经丢了" in why(number("3301060010012345678"), "code")
        assert value_of(number("330106001001"), "code") == "330106001001"
        assert "小数" in why(number("3.1"), "code")

    def test_a_mobile_in_a_numeric_cell_is_taken_and_a_landline_without_its_zero_is_not(self) -> None:
        assert value_of(number("13800000000"), "phone") == "13800000000"
        assert "0 可能丢了" in why(number("57188888888"), "phone")

    def test_full_width_digits_letters_and_spaces_are_made_ordinary(self) -> None:
        row = one("１３８　００００　００００", "phone")
        assert row.row["phone"] == "13800000000"
        assert value_of("３－１－５０１Ａ", "code") == "3-1-501A"
        assert value_of("３号楼　１单元", "room") == "3号楼 1单元"
        assert value_of("８９．３４", "area") == 8934
        assert value_of("１１０１０５１９４９１２３１００２ｘ", "identity") == "11010519491231002X"

    def test_what_is_pasted_along_invisibly_falls_away(self) -> None:
        assert value_of("\u202a13800000000\u202c", "phone") == "13800000000"
        assert value_of("\u200b张 三\ufeff", "owner") == "张三"

    @pytest.mark.parametrize(
        "text",
        ["2026-09-30", "2026/9/30", "2026年9月30日", "20260930", "2026.9.30", "2026-9-30 00:00:00", "２０２６年９月３０日", "2026年09月30"],
    )
    def test_dates_as_text_are_read_in_every_layout_that_staff_use(self, text: str) -> None:
        assert value_of(text, "since") == date(2026, 9, 30)

    @pytest.mark.parametrize("text", ["2026.9", "2026年9月", "2026-09"])
    def test_a_date_that_only_says_the_month_is_read_and_said(self, text: str) -> None:
        row = one(text, "since")
        assert (row.row["since"], row.faults) == (date(2026, 9, 1), [])
        assert "按 2026-09-01 读入" in row.notices[0]

    @pytest.mark.parametrize("text", ["2026-02-30", "26.9.30", "去年", "2026-13-01", "9月30日", "0206-09-30"])
    def test_what_is_no_date_is_refused(self, text: str) -> None:
        why(text, "since")

    @pytest.mark.parametrize("style", [DATE, CHINESE_DATE, BUILT_IN_CHINESE_DATE])
    def test_a_serial_is_a_date_in_cells_formatted_as_one_only(self, style: int) -> None:
        assert value_of(number("46295", style), "since") == date(2026, 9, 30)
        assert "不是日期" in why(number("46295"), "since")
        assert "不是日期" in why(number("2026.9"), "since")
        assert value_of(number("20260930"), "since") == date(2026, 9, 30)

    @pytest.mark.parametrize(("serial", "day"), [("1", date(1900, 1, 1)), ("59", date(1900, 2, 28)), ("61", date(1900, 3, 1))])
    def test_the_day_that_excel_invented_in_1900_shifts_nothing(self, serial: str, day: date) -> None:
        assert value_of(number(serial, DATE), "since") == day

    @pytest.mark.parametrize(
        ("mark", "serial"), [("", "46295"), ('<workbookPr date1904="1"/>', "44833"), ('<workbookPr date1904="true"/>', "44833")]
    )
    def test_both_date_systems_give_the_same_day(self, mark: str, serial: str) -> None:
        (row,) = rows_of(made.xlsx(made.sheet([HEADING, filled(since=number(serial, DATE))]), book=mark))
        assert row.row["since"] == date(2026, 9, 30)

    def test_a_share_or_a_room_that_excel_made_a_date_of_is_refused_with_what_happened(self) -> None:
        assert "变成了日期" in why(number("46024", DATE), "share")
        assert "变成了日期" in why(number("46084", DATE), "room")

    @pytest.mark.parametrize("given", ["1/2", "50%", "0.5", "１／２", "50.00%", number("0.5")])
    def test_a_share_is_exact_however_it_is_written(self, given: object) -> None:
        assert str(value_of(given, "share")) == "1/2"

    def test_a_share_that_was_divided_out_is_refused_and_so_is_more_than_the_whole(self) -> None:
        assert "不准" in why(number("0.333333333333333"), "share")
        assert "0 到 1" in why("3/2", "share")
        assert "分母" in why("1/0", "share")

    @pytest.mark.parametrize(
        ("given", "hundredths"), [(number("89.34"), 8934), (number("89.340000000000003"), 8934), (number("0.30000000000000004E1"), 300),
                                  ("1,289.5", 128950), (number("1.15"), 115), (number("4.35"), 435)],
    )  # fmt: skip
    def test_areas_come_out_exact_whatever_the_float(self, given: object, hundredths: int) -> None:
        assert value_of(given, "area") == hundredths

    @pytest.mark.parametrize("given", [number("89.345"), "89.345", "约90", "90㎡", "0.5"])
    def test_areas_that_are_none_are_refused(self, given: object) -> None:
        why(given, "area")

    def test_choices_are_known_by_title_code_or_what_ledgers_say(self) -> None:
        assert [value_of(text, "use") for text in ("住宅", " 住 宅", "home", "HOME", "住房")] == ["home"] * 5
        row = one("商辅", "use")
        assert "是不是“商铺”" in row.faults[0].remedy

    @pytest.mark.parametrize(("text", "truth"), [("是", True), ("有", True), ("√", True), ("无", False), ("否", False), ("×", False)])
    def test_yes_and_no_are_read_as_people_tick_them(self, text: str, truth: bool) -> None:
        assert value_of(text, "lift") is truth
        why("也许", "lift")

    @pytest.mark.parametrize(
        "text", ["=cmd|' /C calc'!A0", '=HYPERLINK("x","点我")', "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "＝SUM(A1)"]
    )
    def test_text_that_a_spreadsheet_would_run_is_refused(self, text: str) -> None:
        assert "公式" in why(text, "room")

    def test_control_characters_are_refused(self) -> None:
        assert "控制字符" in why("3_x0007_-1", "room")

    def test_numbers_out_of_bounds_names_as_numbers_and_decimals_of_a_count_are_refused(self) -> None:
        assert "最大是 200" in why(number("201"), "floors")
        assert "小数" in why(number("6.5"), "floors")
        assert "姓名" in why(number("6"), "owner")

    def test_a_required_cell_left_empty_is_a_fault_and_blanks_count_as_empty(self) -> None:
        assert "没有填" in why("　 ", "owner")

    def test_several_phones_in_a_cell_are_refused_as_that(self) -> None:
        assert "几个号码" in why("13800000000/13900000000", "phone")

    def test_a_masked_cell_of_a_sealed_column_is_handed_on_as_such(self) -> None:
        value = value_of("138****0000", "phone")
        assert isinstance(value, Masked)
        why("张*", "area")

    def test_every_wrong_cell_of_a_row_is_told_not_only_the_first(self) -> None:
        (row,) = rows_of(made.xlsx(made.sheet([HEADING, filled(area="大", since="早", lift="？")])))
        assert [fault.column for fault in row.faults] == ["area", "since", "lift"]
        assert row.row["room"] == "3-1-501"


class TestSheets:
    def test_a_formula_is_refused_even_where_it_has_a_result_and_one_that_only_writes_a_constant_is_read(self) -> None:
        assert "公式" in why(Raw("><f>B3*2</f><v>89.34</v>"), "area")
        assert "公式" in why(Raw("><f>B3*2</f>"), "area")
        assert value_of(Raw("><f>89.34</f><v>89.34</v>"), "area") == 8934
        assert value_of(Raw(' t="str"><f>"0571"</f><v>0571</v>'), "code") == "0571"

    def test_a_formula_in_xml_that_only_a_parser_understands_is_found_too(self) -> None:
        body = made.sheet([HEADING, filled(area=Raw('  note="a>b"><!-- --><f>B3</f><v>5</v>'))])
        (row,) = rows_of(made.xlsx(body))
        assert "公式" in row.faults[0].why
        prefixed = made.sheet([HEADING, filled(area=Raw("><f>B3</f><v>5</v>"))]).replace("<", "<x:").replace("<x:/", "</x:")
        content = made.xlsx("").replace(b"", b"")
        parts = {"xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{made.MAIN}">{prefixed}</x:worksheet>'.encode()}
        (row,) = rows_of(replaced(content, parts))
        assert "公式" in row.faults[0].why

    def test_an_error_value_is_a_fault_not_an_empty_cell(self) -> None:
        assert "错误值" in why(Raw(' t="e"><v>#N/A</v>'), "area")

    def test_merged_data_cells_are_faults_in_each_of_their_rows_and_never_silently_blank(self) -> None:
        content = made.xlsx(made.sheet([HEADING, filled(), filled(owner=None), filled(room="4")], merges=["B2:B3"]))
        first, second, third = rows_of(content)
        for row in (first, second):
            assert [(fault.column, fault.why) for fault in row.faults] == [("owner", "合并单元格。")]
            assert "取消合并后逐格填写" in row.faults[0].remedy
        assert third.faults == []

    def test_hidden_rows_are_read_and_said(self) -> None:
        first, second = rows_of(made.xlsx(made.sheet([HEADING, filled(), filled(room="4")], hidden=[3])))
        assert (first.notices, second.notices) == ([], ["第 3 行是隐藏行，也会读入。"])
        assert second.row["room"] == "4"

    def test_hidden_sheets_are_not_read_and_named(self) -> None:
        book = reading.open_book(made.xlsx(made.sheet([HEADING]), made.sheet([HEADING]), names=["在用", "旧的"], hidden=["旧的"]))
        assert (book.sheets, book.hidden) == (["在用"], ["旧的"])
        assert "旧的" in book.how

    def test_two_heading_rows_are_joined(self) -> None:
        groups = ["房号", "产权信息", None, "租户信息", None, "备注"]
        names = [None, "姓名", "电话", "姓名", "电话", None]
        columns = (
            Column("room", "房号"),
            Column("owner", "产权信息/姓名", Kind.NAME),
            Column("tenant", "租户姓名", Kind.NAME, aliases=("租户信息/姓名",)),
        )
        body = made.sheet(
            [["某小区台账"], groups, names, ["1-101", "张三", "", "李四", "", ""]], merges=["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"]
        )
        book = reading.open_book(made.xlsx(body))
        found = headings.match(book.rows("表1"), columns)
        assert found is not None
        assert (found.row_number, found.columns) == (3, {0: "room", 1: "owner", 3: "tenant"})
        assert found.unknown == ["产权信息/电话", "租户信息/电话", "备注"]
        (row,) = reading.parsed(book, "表1", found, columns, {}, on=ON)
        assert (row.row, row.faults) == ({"room": "1-101", "owner": "张三", "tenant": "李四"}, [])

    def test_blank_rows_up_to_the_last_one_are_ignored_and_cheap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(oddities, "_CarefulLook")  # the slow way must not be needed
        blank = "".join(f'<row r="{at}"><c r="A{at}" s="1"/><c r="AZ{at}" s="1"/></row>' for at in range(3, 1_048_577))
        body = made.sheet([HEADING, filled()]).replace("</sheetData>", blank + "</sheetData>")
        content = made.xlsx(body)
        (row,) = rows_of(content)
        assert (row.number, row.row["room"]) == (2, "3-1-501")

    @pytest.mark.parametrize("lie", ["A1", "A1:XFD1048576", "C7:D9"])
    def test_what_a_sheet_says_of_its_own_size_isnt_believed(self, lie: str) -> None:
        (row,) = rows_of(made.xlsx(made.sheet([HEADING, filled()], before=f'<dimension ref="{lie}"/>')))
        assert row.row["owner"] == "张三"

    def test_a_cell_in_the_last_corner_is_refused_before_memory_is_reserved(self) -> None:
        corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        assert "太大" in refusal(made.xlsx(made.sheet([HEADING]).replace("</sheetData>", corner + "</sheetData>")))
        assert "打不开" in refusal(
            made.xlsx(made.sheet([HEADING]).replace("</sheetData>", corner.replace("048576", "9048576") + "</sheetData>"))
        )

    def test_rows_keep_their_numbers_where_others_are_left_out(self) -> None:
        content = made.xlsx(made.sheet([["台账"], [], HEADING, [], filled(), [], filled(room="4")]))
        assert [row.number for row in rows_of(content)] == [5, 7]

    def test_notes_footers_and_repeated_headings_are_no_rows(self) -> None:
        footer = ["填表人：李四　　　审核人：王五"]
        content = made.xlsx(
            made.sheet([["※ 怎样填"], HEADING, ["※ 例", "张三"], filled(), HEADING, filled(room="4"), footer], merges=["A7:K7"])
        )
        assert [(row.number, row.faults) for row in rows_of(content)] == [(4, []), (6, [])]

    def test_content_without_a_heading_is_said_not_swallowed(self) -> None:
        (row,) = rows_of(made.xlsx(made.sheet([HEADING, [*filled(), None, "多出来的"]])))
        assert "没有标题" in row.notices[0]
