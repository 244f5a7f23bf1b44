"""Reading and writing limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.kernel.limits import LARGEST, Limit, Unit


@pytest.mark.parametrize(
    ("text", "amount", "unit", "canonical", "words"),
    [
        ("10 minutes", 10, Unit.MINUTES, "10 minutes", "10 分钟"),
        ("1 minute", 1, Unit.MINUTES, "1 minute", "1 分钟"),
        ("1 hour", 1, Unit.HOURS, "1 hour", "1 小时"),
        ("24 hours", 24, Unit.HOURS, "24 hours", "24 小时"),
        ("2 working hours", 2, Unit.WORKING_HOURS, "2 working hours", "2 个工作小时"),
        ("1 working hour", 1, Unit.WORKING_HOURS, "1 working hour", "1 个工作小时"),
        ("3 days", 3, Unit.DAYS, "3 days", "3 天"),
        ("1 day", 1, Unit.DAYS, "1 day", "1 天"),
        ("5 working days", 5, Unit.WORKING_DAYS, "5 working days", "5 个工作日"),
        ("  15   working  days ", 15, Unit.WORKING_DAYS, "15 working days", "15 个工作日"),
        ("2 day", 2, Unit.DAYS, "2 days", "2 天"),
    ],
)
def test_a_limit_is_read_and_written_in_both_languages(text: str, amount: int, unit: Unit, canonical: str, words: str) -> None:
    limit = Limit.parse(text)
    assert (limit.amount, limit.unit) == (amount, unit)
    assert str(limit) == canonical
    assert limit.words() == words


NOT_LIMITS = [
    *("", "5", "days", "0 days", "-1 days", "1.5 hours", "007 days", "2days", "2 weeks", "2 business days", "2 working minutes"),
    *("two days", "２ days", "2 Days", "5 个工作日", "2 working hours 3", "1e3 days", "9999999999 days", "2_0 days", "2 working-days"),
]


@pytest.mark.parametrize("text", NOT_LIMITS)
def test_what_is_not_a_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit.parse(text)


@pytest.mark.parametrize("value", [None, 2, 2.5, b"2 days"])
def test_only_text_is_read(value: object) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit.parse(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(0, Unit.DAYS), (-1, Unit.DAYS), (True, Unit.DAYS), (1.0, Unit.DAYS), (1, "days"), (LARGEST + 1, Unit.DAYS)],
)
def test_a_limit_has_a_whole_amount_and_a_known_unit(amount: object, unit: object) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit(amount, unit)  # type: ignore[arg-type]


@given(st.integers(1, LARGEST), st.sampled_from(Unit))
def test_every_limit_reads_back_from_its_text(amount: int, unit: Unit) -> None:
    limit = Limit(amount, unit)
    assert Limit.parse(str(limit)) == limit
