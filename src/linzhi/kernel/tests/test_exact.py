"""Fractions, comparisons for votes, and rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.kernel.exact import Ratio, at_least, more_than, parse_fraction

COUNTS = st.integers(0, 10**9)


@pytest.mark.parametrize(("text", "value"), [("2/3", Fraction(2, 3)), (" 1/2 ", Fraction(1, 2)), ("1", Fraction(1)), ("0/5", Fraction(0))])
def test_a_fraction_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_fraction(text) == value


NOT_FRACTIONS = ["", "0.5", "66%", "2/3/4", "-1/2", "+1/2", "2/0", "2 /3", "１/２", "1e3", "½", 0.5, 1, None, Decimal("0.5")]


@pytest.mark.parametrize("text", NOT_FRACTIONS)
def test_what_is_not_an_exact_fraction_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"fraction|zero"):
        parse_fraction(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "whole", "fraction", "at_least_", "more"),
    [
        (2, 3, "2/3", True, False),
        (200, 300, "2/3", True, False),
        (199, 300, "2/3", False, False),
        (201, 300, "2/3", True, True),
        (50, 100, "1/2", True, False),
        (51, 100, "1/2", True, True),
        (666_666_666_666_666_666, 10**18, "2/3", False, False),
        (666_666_666_666_666_667, 10**18, "2/3", True, True),
        (0, 0, "1/2", False, False),
        (0, 0, "0/1", False, False),
        (0, 10, "0/1", True, False),
    ],
)
def test_a_share_is_compared_without_rounding(part: int, whole: int, fraction: str, at_least_: bool, more: bool) -> None:
    assert at_least(part, whole, parse_fraction(fraction)) is at_least_
    assert more_than(part, whole, parse_fraction(fraction)) is more


def test_shares_of_an_area_may_be_fractions() -> None:
    assert at_least(Fraction(199, 3), Fraction(199, 2), Fraction(2, 3))
    assert not more_than(Fraction(199, 3), Fraction(199, 2), Fraction(2, 3))


HALF = Fraction(1, 2)


@pytest.mark.parametrize("bad", [(0.5, 1, HALF), (1, 2.0, HALF), (1, 2, 0.5), (True, 2, HALF), (-1, 2, HALF), (1, -2, HALF)])
def test_floats_and_negative_shares_are_refused(bad: tuple[int, int, Fraction]) -> None:
    with pytest.raises(ValueError, match="share"):
        at_least(*bad)
    with pytest.raises(ValueError, match="share"):
        more_than(*bad)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(7, 8), "87.5%"),
        (Ratio(1, 3), "33.3%"),
        (Ratio(2, 3), "66.7%"),
        (Ratio(1, 2000), "0.1%"),
        (Ratio(1, 16), "6.3%"),
        (Ratio(0, 5), "0.0%"),
        (Ratio(5, 5), "100.0%"),
        (Ratio(9999, 10000), "99.9%"),
        (Ratio(1, 10000), "0.1%"),
        (Ratio(0, 0, excluded=4), "—"),
    ],
)
def test_a_rate_is_written_in_percent(ratio: Ratio, text: str) -> None:
    assert ratio.percent() == str(ratio) == text


def test_a_rate_can_have_other_places() -> None:
    assert Ratio(2, 3).percent(0) == "67%"
    assert Ratio(2, 3).percent(2) == "66.67%"
    assert Ratio(199, 200).percent(0) == "99%"
    with pytest.raises(ValueError, match="negative"):
        Ratio(2, 3).percent(-1)


def test_a_rate_keeps_what_it_was_made_of() -> None:
    assert Ratio(7, 8, excluded=2).fraction() == Fraction(7, 8)
    assert Ratio(0, 0).fraction() is None


@pytest.mark.parametrize("bad", [(2, 1, 0), (-1, 1, 0), (1, 2, -1), (0.5, 1, 0), (True, 1, 0)])
def test_an_impossible_rate_is_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="rate"):
        Ratio(*bad)


@given(COUNTS, COUNTS)
def test_a_percent_lies_within_half_a_step_of_the_exact_value_or_one_step_at_the_ends(numerator: int, denominator: int) -> None:
    numerator, denominator = min(numerator, denominator), max(numerator, denominator, 1)
    shown = Fraction(Ratio(numerator, denominator).percent().removesuffix("%"))
    exact = Fraction(numerator * 100, denominator)
    assert abs(shown - exact) <= Fraction(1, 20) or Fraction(1, 10) in (shown, 100 - shown)
    assert (shown == 100) is (numerator == denominator)
    assert (shown == 0) is (numerator == 0)
