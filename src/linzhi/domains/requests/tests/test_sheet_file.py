"""What a hotline's file may look like, and what is said of a spoiled one. No database."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import xlsxwriter

from linzhi.domains.requests.jobs.sheet_cells import BadCell, column_of, looks_like_formula, moment_of, text_of
from linzhi.domains.requests.jobs.sheet_file import read_sheet
from linzhi.domains.requests.jobs.sheet_rows import Rows, rows_of
from linzhi.foundation.sheets.comma_text import decoded
from linzhi.kernel.clock import BEIJING

NOW = datetime(2026, 9, 15, 9, tzinfo=BEIJING)
HEADING = ["编号", "来电人", "标题", "时间", "内容", "答复", "答复时间"]
GOOD = ["1", "王女士", "路灯不亮", "2026-09-01 08:30", "3幢门口的路灯不亮", "已修好", "2026-09-03 10:00"]


def sheet(*rows: list[str], heading: list[str] = HEADING) -> bytes:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue().encode()


def changed(**cells: str) -> list[str]:
    by_name = dict(zip(HEADING, GOOD, strict=True)) | cells
    return [by_name[name] for name in HEADING]


def read(content: bytes, *, replay: bool = True) -> Rows:
    file = read_sheet(content)
    found = rows_of(file, place_code="99", source="hotline", replay=replay, now=NOW)
    found.problems = [*file.problems, *found.problems]
    return found


def test_a_row_becomes_what_the_command_takes() -> None:
    row = read(sheet(GOOD)).rows[0]
    assert (row.cmd.source_id, row.cmd.caller, row.cmd.title, row.cmd.text) == ("1", "王女士", "路灯不亮", "3幢门口的路灯不亮")
    assert row.raised_at == datetime(2026, 9, 1, 8, 30, tzinfo=BEIJING)
    assert (row.reply, row.replied_at) == ("已修好", datetime(2026, 9, 3, 10, tzinfo=BEIJING))


@pytest.mark.parametrize(
    ("cells", "row", "column", "why"),
    [
        ({"答复时间": "2026-08-31 10:00"}, 2, "答复时间", "答复早于诉求时间"),
        ({"时间": "昨天"}, 2, "时间", "看不懂这个时间"),
        ({"时间": "2026-02-30 10:00"}, 2, "时间", "看不懂这个时间"),
        ({"答复时间": "2027-01-02 10:00"}, 2, "答复时间", "时间在将来"),
        ({"时间": "1905-01-01 10:00"}, 2, "时间", "时间太早"),
        ({"时间": ""}, 2, "时间", "空的"),
        ({"内容": "   "}, 2, "内容", "空的"),
        ({"编号": ""}, 2, "编号", "空的"),
        ({"标题": " "}, 2, "标题", "空的"),
        ({"编号": "3.30106E+17"}, 2, "编号", "科学记数"),
        ({"内容": "=cmd|' /C calc'!A0"}, 2, "内容", "公式"),
        ({"标题": '=HYPERLINK("x","点我")'}, 2, "标题", "公式"),
        ({"来电人": "@SUM(1+1)*cmd|' /C calc'!A0"}, 2, "来电人", "公式"),
        ({"内容": "-2+3+cmd|' /C calc'!D2"}, 2, "内容", "公式"),
        ({"内容": "很" * 20_001}, 2, "内容", "2 万字"),
        ({"标题": "长" * 61}, 2, "标题", "60 字"),
        ({"内容": "门铃\x07响个不停"}, 2, "内容", "控制字符"),
        ({"答复": ""}, 2, "答复", "没有答复"),
        ({"答复时间": ""}, 2, "答复时间", "没有答复时间"),
    ],
)
def test_a_spoiled_cell_is_reported_with_row_column_reason_and_remedy(cells: dict[str, str], row: int, column: str, why: str) -> None:
    found = read(sheet(changed(**cells), changed(编号="2")))
    assert [r.cmd.source_id for r in found.rows] == ["2"]
    (problem,) = found.problems
    assert (problem.row, problem.column) == (row, column)
    assert why in problem.why
    assert problem.remedy
    assert f"第 {row} 行" in problem.sentence()


def test_every_problem_of_a_row_is_listed_not_only_the_first() -> None:
    assert len(read(sheet(changed(时间="昨天", 内容="=1+1", 答复时间="明天"))).problems) == 3


def test_an_empty_cell_is_reported_beside_a_spoiled_one() -> None:
    found = read(sheet(changed(标题="", 时间="昨天"), changed(编号="", 内容="=cmd|' /C calc'!A0", 答复="")))
    assert [(problem.row, problem.column) for problem in found.problems] == [(2, "时间"), (2, "标题"), (3, "内容"), (3, "编号"), (3, "答复")]
    assert found.rows == []


def test_a_cell_of_three_megabytes_spoils_only_its_own_row() -> None:
    found = read(sheet(changed(内容="字" * 1_000_000), changed(编号="2", 内容="第一行\n第二行"), changed(编号="3")))
    assert [row.cmd.source_id for row in found.rows] == ["2", "3"]
    assert len(found.problems[0].sentence()) < 200


@pytest.mark.parametrize("text", ["-- 希望领导重视", "+86 13900000000 打不通", "@市长您好", "===通知===", "-5度还不供暖"])
def test_a_sentence_that_begins_like_a_formula_but_is_none_is_kept(text: str) -> None:
    assert not looks_like_formula(text)
    assert read(sheet(changed(内容=text))).rows[0].cmd.text == text


@pytest.mark.parametrize("missing", HEADING)
def test_a_missing_column_refuses_every_row_and_is_named(missing: str) -> None:
    index = HEADING.index(missing)
    found = read(sheet(GOOD[:index] + GOOD[index + 1 :], heading=HEADING[:index] + HEADING[index + 1 :]))
    assert (found.rows, found.total, [problem.column for problem in found.problems]) == ([], 1, [missing])


def test_without_replay_the_reply_isnt_asked_for() -> None:
    found = read(sheet(GOOD[:5], heading=HEADING[:5]), replay=False)
    assert (len(found.rows), found.problems) == (1, [])


def test_the_same_number_with_another_text_is_refused_and_with_the_same_is_left_out() -> None:
    found = read(sheet(GOOD, changed(内容="完全不同的一件事"), GOOD))
    assert (len(found.rows), found.repeated) == (1, 1)
    assert [(problem.row, problem.column) for problem in found.problems] == [(3, "编号")]
    assert "第 2 行" in found.problems[0].why


def test_a_column_twice_is_refused() -> None:
    found = read(sheet([*GOOD, "x"], heading=[*HEADING, "诉求内容"]))
    assert found.rows == []
    assert "同一列" in found.problems[0].why


def test_more_cells_than_headings_are_refused() -> None:
    assert "格数" in read(sheet([*GOOD, "多出来的"], changed(编号="2"))).problems[0].why


def test_a_quote_without_its_partner_is_a_problem_not_a_swallowed_file() -> None:
    found = read(sheet(GOOD) + '2,王,标题,2026-09-01 08:30,"没有收尾\n'.encode() + sheet(changed(编号="3")).split(b"\n", 1)[1])
    assert [row.cmd.source_id for row in found.rows] == ["1"]
    assert "引号" in found.problems[0].why


class TestEncodings:
    @pytest.mark.parametrize(("encoding", "how"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
    def test_those_of_chinese_spreadsheets_are_read_and_named(self, encoding: str, how: str) -> None:
        content = sheet(GOOD).decode().encode(encoding)
        assert read(content).rows[0].cmd.caller == "王女士"
        assert how in read_sheet(content).how

    def test_a_row_in_another_encoding_is_refused_and_the_others_are_good(self) -> None:
        lines = sheet(GOOD, changed(编号="2"), changed(编号="3")).split(b"\n")
        lines[2] = lines[2].decode().encode("gb18030")
        found = read(b"\n".join(lines))
        assert [row.cmd.source_id for row in found.rows] == ["1", "3"]
        assert {problem.row for problem in found.problems} == {3}
        assert "编码" in found.problems[0].why

    def test_one_spoiled_byte_in_a_gb18030_file_spoils_its_row(self) -> None:
        lines = sheet(GOOD, changed(编号="2")).decode().encode("gb18030").split(b"\n")
        lines[1] = lines[1].replace("路灯".encode("gb18030"), b"\xff\xff")
        found = read(b"\n".join(lines))
        assert [row.cmd.source_id for row in found.rows] == ["2"]

    def test_one_spoiled_byte_doesnt_turn_a_utf8_file_into_gibberish(self) -> None:
        text, _how = decoded(("街道" * 200).encode() + b"\xff" + ("社区" * 200).encode())
        assert text.startswith("街道")
        assert text.endswith("社区")

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe1\x00", b"%PDF-1.7", b"\x00\x01\x02\x03", b"PK\x03\x04 broken", b"\n\n"])
    def test_what_is_no_sheet_is_refused_as_a_whole(self, content: bytes) -> None:
        assert read_sheet(content).problems[0].row == 0


class TestExcel:
    def workbook(self, *rows: list[object]) -> bytes:
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
        page, dates = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, column, value, dates)
                else:
                    page.write(number, column, value)
        book.close()
        return target.getvalue()

    def test_numbers_come_back_whole_and_dates_as_moments(self) -> None:
        row = [2554, "王女士", "路灯不亮", datetime(2026, 9, 1, 8, 30), "3幢门口的路灯不亮", "已修好", datetime(2026, 9, 3, 10)]  # noqa: DTZ001
        taken = read(self.workbook(HEADING, row)).rows[0]
        assert (taken.cmd.source_id, taken.raised_at) == ("2554", datetime(2026, 9, 1, 8, 30, tzinfo=BEIJING))

    def test_an_identity_number_in_a_numeric_cell_has_lost_digits_and_is_refused(self) -> None:
        found = read(self.workbook(HEADING, [330106199001011234, *GOOD[1:]]))
        assert (found.rows, found.problems[0].column) == ([], "编号")
        assert "末几位" in found.problems[0].why

    def test_a_title_may_stand_above_the_heading(self) -> None:
        found = read(self.workbook(["12345 热线工单（2026 年 9 月）"], [], HEADING, list(GOOD)))
        assert [row.row for row in found.rows] == [4]


@pytest.mark.parametrize(
    ("cell", "moment", "timed"),
    [
        ("2019-04-24T16:03:40", datetime(2019, 4, 24, 16, 3, 40, tzinfo=BEIJING), True),
        ("2019/4/24 16:03", datetime(2019, 4, 24, 16, 3, tzinfo=BEIJING), True),
        ("2019年4月24日 16时3分", datetime(2019, 4, 24, 16, 3, tzinfo=BEIJING), True),
        ("2019-04-24T08:03:40+00:00", datetime(2019, 4, 24, 16, 3, 40, tzinfo=BEIJING), True),
        ("2019.4.24", datetime(2019, 4, 24, tzinfo=BEIJING), False),
    ],
)
def test_times_are_read_as_people_write_them_and_as_beijing_time(cell: str, moment: datetime, timed: bool) -> None:
    assert moment_of(cell) == (moment, timed)


@pytest.mark.parametrize("cell", [43579.66, True, "2019-13-01 10:00", "2019-04-24 25:00"])
def test_what_is_no_time_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        moment_of(cell)  # type: ignore[arg-type]


def test_a_reply_on_the_same_day_without_a_clock_time_isnt_before_the_report() -> None:
    row = read(sheet(changed(答复时间="2026-09-01"))).rows[0]
    assert row.replied_at == row.raised_at


@pytest.mark.parametrize(
    ("heading", "column"), [("诉求编号*", "source_id"), (" 来电时间（必填）", "raised_at"), ("Subject", "title"), ("备注", None)]
)
def test_headings_are_known_by_the_names_hotlines_use(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_the_mark_of_an_export_is_taken_off_again() -> None:
    assert text_of("'-5度还不供暖") == "-5度还不供暖"
