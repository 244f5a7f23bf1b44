"""What a column of a register is: its heading, what may stand in its cells, and how a spreadsheet shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a cell holds. In brackets: the Python value a parsed row has for it; an empty cell is None."""

    TEXT = "text"  # one line (str)
    LONG_TEXT = "long_text"  # several lines (str)
    WHOLE = "whole"  # a whole number (int)
    HUNDREDTHS = "hundredths"  # a number with at most two decimals, such as m² (int: hundredths)
    FRACTION = "fraction"  # a share such as 1/2, or 50% (fractions.Fraction)
    DAY = "day"  # a date (date)
    CHOICE = "choice"  # one of `choices` (str: its code)
    CHOICES = "choices"  # several of `choices`, written with 、 between them (tuple[str, ...])
    YES_NO = "yes_no"  # 是 or 否 (bool)
    CODE = "code"  # a code or number that is text: division code, credit code, certificate (str)
    PHONE = "phone"  # a telephone number (str)
    NAME = "name"  # a person's name (str)
    IDENTITY = "identity"  # number of an identity document: check digit verified, text cells only (str)


class Masked(str):
    """What a cell of a sealed column holds when it still shows the mask of an export (`138****0000`): leave what is kept."""


PERSONAL = frozenset({Kind.PHONE, Kind.NAME, Kind.IDENTITY})


@dataclass(frozen=True)
class Column:
    """One column. `code` is the key in a parsed row, `title` its heading in our template, `aliases` what other ledgers call it.

    `key` columns together find the row again. `sealed` values leave masked unless the export gives a purpose. `choices`
    maps a code to its Chinese title; where a jurisdiction decides them, the register gives them per place (`Register.choices`);
    `words` maps what ledgers write instead to a code. `least` and `most` bound the parsed value (of hundredths: hundredths; of a share:
    the whole number; `most` is 1 there unless said). `check` looks at a parsed value once more: why it is wrong and what to do, or None.
    """

    code: str
    title: Any
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False
    sealed: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    longest: int = 200
    note: Any = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    check: Callable[[Any], tuple[str, str] | None] | None = None
