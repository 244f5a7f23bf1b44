"""Money in fen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.kernel.money import Fen


@pytest.mark.parametrize(
    ("text", "fen", "shown"),
    [
        ("1,234.50", 123450, "1,234.50"),
        ("1234.5", 123450, "1,234.50"),
        ("0", 0, "0.00"),
        ("-0.00", 0, "0.00"),
        ("-3", -300, "-3.00"),
        ("-0.05", -5, "-0.05"),
        (" 1,000,000.01 ", 100000001, "1,000,000.01"),
        ("007", 700, "7.00"),
    ],
)
def test_an_amount_is_read_and_written(text: str, fen: int, shown: str) -> None:
    assert Fen.parse(text) == Fen(fen)
    assert str(Fen(fen)) == shown


NOT_AMOUNTS = [
    *("", "1.234", "1,23.40", "12,34", "1234,567", ".5", "5.", "1 000", "¥5", "+5", "1e3", "５", "--5"),
    *(1.5, 5, None, Decimal("1.5")),
]


@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_what_is_not_an_amount_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"yuan|money"):
        Fen.parse(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [1.0, True, "5", Decimal(1)])
def test_fen_are_whole_numbers(amount: object) -> None:
    with pytest.raises(ValueError, match="whole fen"):
        Fen(amount)  # type: ignore[arg-type]


def test_amounts_are_added_taken_away_and_compared() -> None:
    assert Fen(150) + Fen(-50) == Fen(100) == Fen(150) - Fen(50) == -Fen(-100)
    assert Fen(1) < Fen(2)
    assert Fen.total([Fen(1), Fen(2), Fen(3)]) == Fen(6)
    assert Fen.total([]) == Fen(0)
    assert Fen(1) and not Fen(0)


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [0, 1], [0, 100]),
        (10, [3, 3, 1], [4, 4, 2]),
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
        (0, [1, 2], [0, 0]),
        (1, [5, 5], [1, 0]),
    ],
)
def test_the_largest_remainders_get_what_is_left(amount: int, shares: list[int | Fraction], parts: list[int]) -> None:
    assert [part.amount for part in Fen(amount).split(shares)] == parts


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -1], [0.5, 0.5], [True, 1]])
def test_shares_that_cannot_be_divided_by_are_refused(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="share"):
        Fen(100).split(shares)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_the_parts_add_up_and_are_less_than_a_fen_from_exact(amount: int, shares: list[int]) -> None:
    parts = Fen(amount).split(shares)
    assert Fen.total(parts) == Fen(amount)
    assert all(abs(part.amount - Fraction(amount * share, sum(shares))) < 1 for part, share in zip(parts, shares, strict=True))


@given(st.integers(-(10**13), 10**13))
def test_every_amount_reads_back_from_its_text(amount: int) -> None:
    assert Fen.parse(str(Fen(amount))) == Fen(amount)
