"""Numbers that prove themselves. All of them are made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.foundation.sheets import identity
from linzhi.foundation.sheets.cells import Noted, parser_of
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.identity import check_digit, credit_check_sign, credit_code_fault, examined

ON = date(2026, 11, 20)


def number(first17: str) -> str:
    return first17 + check_digit(first17)


def test_the_standards_own_examples_are_right() -> None:
    assert examined("11010519491231002X", ON).why == ""
    assert examined("440524188001010014", ON).why != ""  # the standard's second example was born in 1880
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize("begin", ["810000", "820000", "830000", "931156", "911156"])
def test_residence_permits_are_identity_numbers_too(begin: str) -> None:
    finding = examined(number(begin + "19900101123"), ON)
    assert (finding.why, finding.warning) == ("", "")


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(at: int, more: int) -> None:
    good = number("33010619900101123")
    bad = good[:at] + str((int(good[at]) + more) % 10) + good[at + 1 :]
    assert examined(bad, ON).why


@given(st.integers(0, 15))
def test_two_digits_changed_about_are_always_found(at: int) -> None:
    good = number("33010619850307246")
    bad = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    assert bad == good or examined(bad, ON).why


def test_a_birth_is_in_the_past_and_on_a_day_that_was() -> None:
    assert examined(number(f"330106{ON:%Y%m%d}123"), ON).why == ""
    assert "将来" in examined(number(f"330106{ON + timedelta(1):%Y%m%d}123"), ON).why
    assert "不存在" in examined(number("33010619900230123"), ON).why


def test_an_unknown_county_is_a_warning_and_never_a_refusal() -> None:
    finding = examined(number("33019919900101123"), ON, counties={"330106"})
    assert (finding.why, bool(finding.warning)) == ("", True)
    assert examined(number("33010619900101123"), ON, counties={"330106"}).warning == ""
    assert examined(number("99999919900101123"), ON).why == ""
    assert examined(number("77000019900101123"), ON).warning


@pytest.mark.parametrize("wrong", ["", "123", "3301061990010112345", "33010619900101123Y", "３３０１０６１９９００１０１１２３４"])
def test_what_isnt_18_digits_is_refused(wrong: str) -> None:
    assert examined(wrong, ON).why


def test_the_old_15_digits_are_refused_with_what_to_do() -> None:
    finding = examined("330106900101123", ON)
    assert "停用" in finding.why
    assert "18 位" in finding.remedy


@pytest.mark.parametrize("code", ["91350100M000100Y43", "51110000500000000N"[:17], "N2330106MF0000001", "Y1330106MF0000002"])
def test_credit_codes_of_firms_villages_and_unions_are_right(code: str) -> None:
    whole = code if len(code) == 18 else code + credit_check_sign(code)
    assert credit_code_fault(whole) is None
    other = "A" if whole[-1] != "A" else "B"
    assert credit_code_fault(whole[:-1] + other) is not None


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100I000100Y43", "91350100m000100y43"])
def test_what_isnt_a_credit_code_is_refused(code: str) -> None:
    assert credit_code_fault(code) is not None


def test_where_a_list_of_counties_is_known_a_cell_with_another_one_is_taken_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    column = Column("number", "身份证号", Kind.IDENTITY)
    monkeypatch.setattr(identity, "_counties", lambda: frozenset({"330106"}))
    parse = parser_of(column, {}, ON)
    assert parse(number("33010619900101123")) == number("33010619900101123")
    doubtful = parse(number("33019919900101123"))
    assert isinstance(doubtful, Noted) and "330199" in doubtful.notice
    monkeypatch.setattr(identity, "_counties", frozenset)
    assert parser_of(column, {}, ON)(number("33019919900101123")) == number("33019919900101123")
