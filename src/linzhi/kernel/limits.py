"""A time limit as a plain value: an amount and the unit it is counted in ("2 working hours")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a limit is counted in. Minutes and hours run on the clock; the others know the calendar."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"

    @property
    def on_the_clock(self) -> bool:
        """Whether the unit runs day and night and so depends on no calendar."""
        return self in (Unit.MINUTES, Unit.HOURS)

    @property
    def in_days(self) -> bool:
        """Whether the unit is counted in whole days, each of which ends at the close of business."""
        return self in (Unit.DAYS, Unit.WORKING_DAYS)


_TEXT = re.compile(r"([1-9][0-9]{0,8}) +(minute|hour|working +hour|day|working +day)s?", re.ASCII)
_WORDS = {
    Unit.MINUTES: "{} 分钟",
    Unit.HOURS: "{} 小时",
    Unit.WORKING_HOURS: "{} 个工作小时",
    Unit.DAYS: "{} 天",
    Unit.WORKING_DAYS: "{} 个工作日",
}
LARGEST = 999_999_999


@dataclass(frozen=True)
class Limit:
    """How long something may take. The amount is a whole number, at least 1."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise ValueError(f"the amount of a limit is a whole number, not {self.amount!r}")
        if not 1 <= self.amount <= LARGEST:
            raise ValueError(f"the amount of a limit lies between 1 and {LARGEST}, not {self.amount}")
        if not isinstance(self.unit, Unit):
            raise ValueError(f"the unit of a limit is one of {', '.join(Unit)}, not {self.unit!r}")

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read "10 minutes", "1 hour", "2 working hours", "3 days" or "15 working days"; ValueError for anything else."""
        if not isinstance(text, str):
            raise ValueError(f"a limit is written as text such as '2 working hours', not {text!r}")
        found = _TEXT.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a limit; write a whole number and minutes, hours, working hours, days or working days")
        return cls(int(found[1]), Unit("_".join(found[2].split()) + "s"))

    def __str__(self) -> str:
        name = self.unit.value.replace("_", " ")
        return f"{self.amount} {name[:-1] if self.amount == 1 else name}"

    def words(self) -> str:
        """The limit as a Chinese reader says it: 10 分钟, 2 个工作小时, 5 个工作日."""
        return _WORDS[self.unit].format(self.amount)
