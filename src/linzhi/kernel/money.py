"""Money in whole fen (1/100 yuan): exact to read, write, add and divide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational

_YUAN = re.compile(r"(-?)([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Fen:
    """An exact amount of money; `amount` is a whole number of fen and may be negative."""

    amount: int

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise ValueError(f"money is counted in whole fen, not {self.amount!r}")

    @classmethod
    def parse(cls, text: str) -> Fen:
        """Read yuan such as "1,234.50", "1234.5" or "-3"; ValueError for a float, a third decimal or commas out of place."""
        if not isinstance(text, str):
            raise ValueError(f"money is written as text such as '1,234.50', not {text!r}")
        found = _YUAN.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not an amount in yuan; write it as '1,234.50', with at most two decimals")
        amount = int(found[2].replace(",", "")) * 100 + int((found[3] or "").ljust(2, "0"))
        return cls(-amount if found[1] else amount)

    @classmethod
    def total(cls, amounts: Iterable[Fen]) -> Fen:
        """Add up any number of amounts; nothing adds up to 0.00."""
        return cls(sum(money.amount for money in amounts))

    def __str__(self) -> str:
        yuan, fen = divmod(abs(self.amount), 100)
        return f"{'-' if self.amount < 0 else ''}{yuan:,}.{fen:02d}"

    def __add__(self, other: Fen) -> Fen:
        return Fen(self.amount + other.amount)

    def __sub__(self, other: Fen) -> Fen:
        return Fen(self.amount - other.amount)

    def __neg__(self) -> Fen:
        return Fen(-self.amount)

    def __bool__(self) -> bool:
        return self.amount != 0

    def split(self, shares: Sequence[int | Fraction]) -> list[Fen]:
        """Divide by shares so that the parts add up exactly: fen left over go to the largest remainders, earlier ones first.

        ValueError for no shares, a float or negative share, or shares that are all zero.
        """
        for share in shares:
            if isinstance(share, bool) or not isinstance(share, Rational) or share < 0:
                raise ValueError(f"a share is a whole number or fraction from 0 up, not {share!r}")
        whole = sum((Fraction(share) for share in shares), Fraction(0))
        if not whole:
            raise ValueError("there is no share to divide by")
        exact = [abs(self.amount) * Fraction(share) / whole for share in shares]
        parts = [int(value) for value in exact]
        left = abs(self.amount) - sum(parts)
        by_remainder = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
        for index in by_remainder[:left]:
            parts[index] += 1
        sign = -1 if self.amount < 0 else 1
        return [Fen(sign * part) for part in parts]
