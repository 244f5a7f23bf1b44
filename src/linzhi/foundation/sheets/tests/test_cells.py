"""Single cells: what each kind of column makes of them."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from linzhi.foundation.sheets.cells import parser_of, titles_of
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.plain import BadCell

ON = date(2026, 11, 20)


def parse(kind: Kind, cell: Any, **more: Any) -> Any:
    column = Column("x", "某列", kind, **more)
    return parser_of(column, column.choices, ON)(cell)


def refusal(kind: Kind, cell: Any, **more: Any) -> BadCell:
    with pytest.raises(BadCell) as caught:
        parse(kind, cell, **more)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138-0000-0000", "13800000000"), ("+86 138 0000 0000", "13800000000"), ("(0571)88888888", "0571-88888888"),
        ("057188888888", "0571-88888888"), ("0571－88888888转12", "0571-88888888-12"), ("88888888", "88888888"), ("12345", "12345"),
    ],
)  # fmt: skip
def test_phones_are_kept_in_one_way(written: str, kept: str) -> None:
    assert parse(Kind.PHONE, written) == kept
    assert parse(Kind.PHONE, kept) == kept


@pytest.mark.parametrize("written", ["1380000000", "138000000000", "无", "张三", "0", "abc13800000000"])
def test_what_is_no_phone_is_refused(written: str) -> None:
    refusal(Kind.PHONE, written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("张　三", "张三"), ("阿卜杜拉•买买提", "阿卜杜拉·买买提"), ("John  Smith", "John Smith"), ("张三", "张三"), ("𠮷田", "𠮷田")],
)
def test_names_are_kept_without_the_blanks_that_fill_a_column(written: str, kept: str) -> None:
    assert parse(Kind.NAME, written) == kept


@pytest.mark.parametrize("text", ["-- 希望领导重视", "@市长您好", "===通知===", "-5度还不供暖", "+86 13900000000 打不通"])
def test_a_sentence_that_begins_like_a_formula_but_is_none_is_kept(text: str) -> None:
    assert parse(Kind.LONG_TEXT, text) == text


def test_a_long_text_keeps_its_lines_and_a_short_one_becomes_one_line() -> None:
    assert parse(Kind.LONG_TEXT, " 甲\r\n乙\r丙 ") == "甲\n乙\n丙"
    assert parse(Kind.TEXT, "甲\n乙") == "甲 乙"


def test_texts_keep_their_chinese_punctuation_and_codes_lose_it() -> None:
    assert parse(Kind.TEXT, "清禾（东区），１２号") == "清禾（东区），12号"
    assert parse(Kind.CODE, "浙（2020）第０００１号") == "浙(2020)第0001号"


def test_too_long_a_text_says_how_long_it_may_be() -> None:
    assert "最多 5 个字，这里有 6 个" in refusal(Kind.TEXT, "一二三四五六", longest=5).why


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.PHONE, Kind.NAME, Kind.IDENTITY, Kind.DAY, Kind.FRACTION,
                                  Kind.WHOLE, Kind.HUNDREDTHS, Kind.CHOICE, Kind.CHOICES, Kind.YES_NO])  # fmt: skip
def test_blanks_of_any_kind_are_nothing(kind: Kind) -> None:
    assert parse(kind, "  \u3000\xa0\u200b ") is None


@pytest.mark.parametrize("kind", [Kind.WHOLE, Kind.HUNDREDTHS, Kind.DAY, Kind.FRACTION, Kind.IDENTITY, Kind.NAME])
@pytest.mark.parametrize("cell", [True, time(1, 2), float("nan"), float("inf")])
def test_cells_of_a_wrong_kind_are_refused_never_guessed(kind: Kind, cell: Any) -> None:
    refusal(kind, cell)


def test_several_choices_stand_apart_by_any_separator_and_count_once() -> None:
    choices = {"a": "电梯", "b": "底商", "c": "水、电"}
    assert parse(Kind.CHOICES, "电梯、底商，电梯", choices=choices) == ("a", "b")
    assert parse(Kind.CHOICES, "电梯;b\n", choices=choices) == ("a", "b")
    assert parse(Kind.CHOICES, "水、电", choices=choices) == ("c",)
    assert "猫" in refusal(Kind.CHOICES, "电梯、猫", choices=choices).why


def test_titles_that_would_not_be_read_again_are_written_as_codes() -> None:
    column = Column("x", "x", Kind.CHOICES)
    assert titles_of(column, {"a": "甲", "b": "乙、丙", "c": "同", "d": "同"}) == {"a": "甲", "b": "b", "c": "c", "d": "d"}


def test_a_title_that_two_choices_share_is_refused_and_their_codes_are_not() -> None:
    choices = {"a": "同", "b": "同"}
    refusal(Kind.CHOICE, "同", choices=choices)
    assert parse(Kind.CHOICE, "b", choices=choices) == "b"


def test_bounds_are_told_in_the_unit_of_the_cell() -> None:
    assert "最大是 120.5" in refusal(Kind.HUNDREDTHS, "120.51", most=12_050).why


def test_a_timestamp_is_its_day() -> None:
    assert parse(Kind.DAY, datetime(2026, 9, 30, 12, 30)) == date(2026, 9, 30)  # noqa: DTZ001


def test_a_columns_own_check_has_the_last_word() -> None:
    assert refusal(Kind.CODE, "1", check=lambda code: ("不对。", "请改。")).why == "不对。"
    assert parse(Kind.CODE, "1", check=lambda code: None) == "1"


def test_only_sealed_columns_know_masks() -> None:
    assert isinstance(parse(Kind.PHONE, "138****0000", sealed=True), Masked)
    refusal(Kind.PHONE, "138****0000")


def test_a_share_is_the_exact_one() -> None:
    assert parse(Kind.FRACTION, "33.33%") == Fraction(3333, 10_000)
    assert parse(Kind.FRACTION, "½") == Fraction(1, 2)
    assert parse(Kind.FRACTION, 0.25) == Fraction(1, 4)
