"""Values are exact: no floats, no guessing of units."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from linzhi.policy.values import Shape, compare, parse, plain

GOOD: list[tuple[Shape, Any, Any]] = [
    (Shape("int", least=1), 3, 3),
    (Shape("limit"), "2 working hours", "2 working hours"),
    (Shape("limit"), "1 working days", "1 working day"),
    (Shape("fraction"), "2/3", Fraction(2, 3)),
    (Shape("fraction"), "4/6", Fraction(2, 3)),
    (Shape("choice", options={"any": "任一"}), "any", "any"),
    (Shape("bool"), True, True),
    (Shape("date"), date(2026, 12, 31), date(2026, 12, 31)),
    (Shape("list", "text"), ["甲", "乙"], ("甲", "乙")),
    (Shape("table", "limit"), {"help": "5 working days"}, {"help": "5 working days"}),
]
BAD: list[tuple[Shape, Any]] = [
    (Shape("int"), "3"),
    (Shape("int"), True),
    (Shape("int", least=1), 0),
    (Shape("int", most=100), 101),
    (Shape("limit"), "2"),
    (Shape("limit"), "2 weeks"),
    (Shape("limit"), "0 days"),
    (Shape("fraction"), "1/0"),
    (Shape("fraction"), "0.5"),
    (Shape("fraction"), 1),
    (Shape("choice", options={"any": "任一"}), "all"),
    (Shape("bool"), "true"),
    (Shape("date"), "2026-12-31"),
    (Shape("text"), " "),
    (Shape("list", "text"), "甲"),
    (Shape("list", "text"), ["甲", "甲"]),
    (Shape("table", "int"), ["甲"]),
    (Shape("table", "int"), {" ": 1}),
    (Shape("table", "int"), {"甲": "1"}),
]


@pytest.mark.parametrize(("shape", "raw", "expected"), GOOD)
def test_reads(shape: Shape, raw: Any, expected: Any) -> None:
    assert parse(shape, raw) == expected


@pytest.mark.parametrize(("shape", "raw"), BAD)
def test_refuses(shape: Shape, raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(shape, raw)


def test_hours_and_minutes_compare_across_units() -> None:
    assert compare(Shape("limit"), "1 hour", "90 minutes") == {-1}


def test_working_hours_and_working_days_never_compare() -> None:
    with pytest.raises(ValueError, match="单位不同"):
        compare(Shape("limit"), "8 working hours", "1 working day")


def test_a_table_must_keep_the_rows_of_the_level_above() -> None:
    with pytest.raises(ValueError, match="缺少上级规定的“b”"):
        compare(Shape("table", "int"), {"a": 1}, {"a": 1, "b": 2})


def test_json_holds_fractions_and_dates_as_text() -> None:
    assert plain({"a": Fraction(2, 3), "b": (date(2026, 1, 2), 1)}) == {"a": "2/3", "b": ["2026-01-02", 1]}
