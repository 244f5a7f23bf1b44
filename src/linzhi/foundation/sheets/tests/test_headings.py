"""Which row is the heading and what each heading means, in the ledgers that staff have."""

from __future__ import annotations

from typing import Any

import pytest

from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.headings import Heading, match, signature

COLUMNS = (
    Column("estate", "小区", key=True, required=True, aliases=("小区名称",)),
    Column("room", "房号", key=True, required=True, aliases=("门牌号", "室号")),
    Column("area", "专有面积（㎡）", Kind.HUNDREDTHS),
    Column("shared", "公摊面积（㎡）", Kind.HUNDREDTHS),
    Column("owner", "业主姓名", Kind.NAME, aliases=("姓名",)),
)


def found(*rows: list[Any], layout: dict[str, str] | None = None) -> Heading:
    heading = match(enumerate(rows, 1), COLUMNS, layout)
    assert heading is not None
    return heading


def test_it_is_found_below_titles_and_notes() -> None:
    heading = found(["※ 小区 房号"], ["清禾区房屋台账", "", ""], ["单位：", "某社区"], ["小区", "房号", "业主姓名"], ["甲", "1", "张三"])
    assert (heading.row_number, heading.columns) == (4, {0: "estate", 1: "room", 2: "owner"})
    assert [column.code for column in heading.missing] == ["area", "shared"]


@pytest.mark.parametrize("text", ["房号*", "＊房号", " 房 号 ", "房号：", "房号（必填）", "室号", "房号\n（如 3-1-501）", "門牌号"])
def test_a_heading_is_known_however_it_is_dressed(text: str) -> None:
    assert found(["小区", text]).columns == ({0: "estate", 1: "room"} if text != "門牌号" else {0: "estate"})


def test_brackets_may_be_missing_or_other_ones_as_long_as_one_column_is_meant() -> None:
    assert found(["小区", "专有面积", "公摊面积(平方米)"]).columns == {0: "estate", 1: "area", 2: "shared"}


def test_of_two_headings_for_one_column_the_surer_is_taken_and_of_equals_none() -> None:
    assert found(["小区", "业主姓名", "租户/姓名"]).columns == {0: "estate", 1: "owner"}
    heading = found(["小区", "姓名", "姓名"])
    assert (heading.columns, heading.twice) == ({0: "estate"}, ["业主姓名"])
    assert "owner" in [column.code for column in heading.missing]


def test_two_rows_are_joined_only_where_that_names_more() -> None:
    heading = found(["小区", "房屋", "", "产权人"], ["", "房号", "专有面积", "姓名"], ["甲", "1", "90", "张三"])
    assert (heading.row_number, heading.columns) == (2, {0: "estate", 1: "room", 2: "area", 3: "owner"})
    assert found(["小区", "房号"], ["", "1"]).row_number == 1


def test_a_remembered_layout_goes_before_everything() -> None:
    heading = found(["楼盘", "姓名", "户室"], ["甲", "张三", "1"], layout={"楼盘": "estate", " 户 室": "room", "姓名": ""})
    assert heading.columns == {0: "estate", 2: "room"}
    assert heading.unknown == []


def test_a_layout_of_a_column_that_is_gone_is_asked_for_again() -> None:
    assert found(["小区", "户室"], layout={"户室": "gone"}).unknown == ["户室"]


def test_headings_nobody_knows_are_named_and_serial_numbers_are_not() -> None:
    assert found(["序号", "小区", "房号", "猫"]).unknown == ["猫"]


def test_where_nothing_fits_the_likeliest_row_is_shown_to_be_mapped() -> None:
    heading = found(["台账"], ["甲栏", "乙栏", "丙栏"], [1.0, 2.0, 3.0], ["x", "y", ""])
    assert (heading.row_number, heading.columns, heading.unknown) == (2, {}, ["甲栏", "乙栏", "丙栏"])


def test_a_sheet_without_rows_has_none_and_rows_far_down_arent_looked_at() -> None:
    assert match(iter([]), COLUMNS) is None
    assert match(iter([(1, ["※ 只有说明"])]), COLUMNS) is None
    deep = [[str(n)] for n in range(20)] + [["小区", "房号"]]
    assert found(*deep).columns == {}


def test_the_signature_is_the_same_for_the_same_headings_and_another_in_another_order() -> None:
    assert signature(["小区", "", "房 号*"]) == signature(["小区", "房号"])
    assert signature(["小区", "房号"]) != signature(["房号", "小区"])
    assert signature(["小区房", "号"]) != signature(["小区", "房号"])
