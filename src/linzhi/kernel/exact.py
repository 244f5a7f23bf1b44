"""Shares and rates without rounding: fractions from a pack, comparisons for votes, rates for figures. No floats, ever."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational

_FRACTION = re.compile(r"([0-9]{1,12})(?:/([0-9]{1,12}))?", re.ASCII)


def parse_fraction(text: str) -> Fraction:
    """Read "2/3" or a whole number such as "1"; ValueError for a float, a decimal such as "0.5", a sign or a zero below the line."""
    if not isinstance(text, str):
        raise ValueError(f"a fraction is written as text such as '2/3', not {text!r}")
    found = _FRACTION.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a fraction; write it as '2/3'")
    if found[2] is not None and int(found[2]) == 0:
        raise ValueError(f"{text!r} divides by zero")
    return Fraction(int(found[1]), int(found[2] or 1))


def at_least(part: int | Fraction, whole: int | Fraction, fraction: Fraction) -> bool:
    """Whether part/whole ≥ fraction, exactly; a part of nothing is never enough. ValueError for floats and negative numbers."""
    _check(part, whole, fraction)
    return whole > 0 and part * fraction.denominator >= whole * fraction.numerator


def more_than(part: int | Fraction, whole: int | Fraction, fraction: Fraction) -> bool:
    """Whether part/whole > fraction, exactly; a part of nothing is never enough. ValueError for floats and negative numbers."""
    _check(part, whole, fraction)
    return whole > 0 and part * fraction.denominator > whole * fraction.numerator


@dataclass(frozen=True)
class Ratio:
    """A rate that keeps what it was made of: so many of so many, and how many cases were left out of both."""

    numerator: int
    denominator: int
    excluded: int = 0

    def __post_init__(self) -> None:
        for number in (self.numerator, self.denominator, self.excluded):
            if isinstance(number, bool) or not isinstance(number, int) or number < 0:
                raise ValueError(f"a rate is made of whole numbers from 0 up, not {number!r}")
        if self.numerator > self.denominator:
            raise ValueError(f"a rate can't have {self.numerator} of {self.denominator}")

    def fraction(self) -> Fraction | None:
        """The exact value, or None if there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def percent(self, places: int = 1) -> str:
        """The rate as "87.5%", rounded half up in whole numbers; "—" of nothing.

        A rate that is short of the whole never reads 100%, and one above nothing never reads 0%.
        """
        if places < 0:
            raise ValueError("places can't be negative")
        if not self.denominator:
            return "—"
        unit: int = 10**places
        full = 100 * unit
        steps = (2 * self.numerator * full + self.denominator) // (2 * self.denominator)
        if 0 < self.numerator < self.denominator:
            steps = min(max(steps, 1), full - 1)
        whole, rest = divmod(steps, unit)
        return f"{whole}.{rest:0{places}d}%" if places else f"{whole}%"

    def __str__(self) -> str:
        return self.percent()


def _check(part: object, whole: object, fraction: object) -> None:
    for number in (part, whole, fraction):
        if isinstance(number, bool) or not isinstance(number, Rational):
            raise ValueError(f"shares are compared in whole numbers and fractions, not {number!r}")
        if number < 0:
            raise ValueError(f"a share can't be negative: {number}")
