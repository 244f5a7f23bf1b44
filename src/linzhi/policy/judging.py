"""Whether a check holds: a pure function of figures and parameters, the same for one estate and for a province.

No table, no clock; exact numbers only. What can't be told is never taken for "met" or "not met".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from linzhi.policy.checks import FREE, SOFT, Check, Comparison
from linzhi.policy.metrics import NEVER, Value
from linzhi.policy.resolve import Answer

MET, NOT_MET, PENDING, NOT_APPLICABLE, CANNOT_TELL = "m", "n", "p", "-", "?"
STATES = {MET: "met", NOT_MET: "not_met", PENDING: "pending", NOT_APPLICABLE: "not_applicable", CANNOT_TELL: "cannot_tell"}

Test = Callable[[Sequence[Value]], str]


@dataclass(frozen=True)
class Rule:
    """A check with the parameters of one place on one day: `judge` says how a subject stands. `by` is the day of a deadline."""

    check: Check
    on: date
    answers: Mapping[str, Answer | None]
    figures: tuple[str, ...]
    test: Test = field(repr=False)
    by: date | None = None
    seen: dict[tuple[Value, ...], str] = field(default_factory=dict, repr=False)

    def judge(self, values: tuple[Value, ...]) -> str:
        """The state for the figures, in the order of `figures`; one character of STATES."""
        state = self.seen.get(values)
        if state is None:
            state = self.seen[values] = self.test(values)
        return state


def rule_of(check: Check, answers: Mapping[str, Answer | None], on: date) -> Rule:
    """Make a check ready for a day with the answers to its keys; a key that is not set makes it not applicable."""
    figures = check.figures()
    at = {name: number for number, name in enumerate(figures)}
    said = {key: answer.value for key, answer in answers.items() if answer is not None}
    where = [(_places(part, at), _comparison(part, said, on)) for part in check.entry.where]
    parts = [(_places(part, at), _comparison(part, said, on)) for part in check.parts]
    every = check.entry.any_of is not None and check.entry.mode is not None and said.get(check.entry.mode) in ("all", "max", "larger")

    def test(values: Sequence[Value]) -> str:
        for places, compare in where:
            state = compare([values[place] for place in places])
            if state != MET:
                return CANNOT_TELL if state == CANNOT_TELL else NOT_APPLICABLE
        return _joined([compare([values[place] for place in places]) for places, compare in parts], every)

    return Rule(check, on, answers, figures, test, _by(check, said))


def _by(check: Check, said: Mapping[str, Any]) -> date | None:
    deadline = check.entry.deadline
    if deadline is None:
        return None
    by = said.get(deadline.by) if isinstance(deadline.by, str) else deadline.by
    return by if isinstance(by, date) else None


def _joined(states: list[str], every: bool) -> str:
    """Several comparisons: any may do, or all must. What doesn't apply is left out."""
    said = [state for state in states if state != NOT_APPLICABLE]
    if not said:
        return NOT_APPLICABLE
    if every:
        return next((state for state in (NOT_MET, CANNOT_TELL, PENDING) if state in said), MET)
    return next((state for state in (MET, CANNOT_TELL, PENDING) if state in said), NOT_MET)


def _places(part: Comparison, at: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(at[name] for name in part.figures())


def _comparison(part: Comparison, said: Mapping[str, Any], on: date) -> Test:
    """One comparison as a function of its figures."""
    if any(key not in said for key in part.keys()):  # noqa: SIM118
        return lambda values: NOT_APPLICABLE
    if part.none is not None:
        return lambda values: NOT_APPLICABLE
    return _MAKERS[part.kind](part, lambda one: said[one] if isinstance(one, str) else one, on)


Wants = Callable[[Any], Any]


def _told(answer: Callable[..., bool]) -> Test:
    """A test that can't tell when a figure is missing."""

    def test(values: Sequence[Value]) -> str:
        return CANNOT_TELL if None in values else MET if answer(*values) else NOT_MET

    return test


def _at_least(part: Comparison, wanted: Wants, on: date) -> Test:
    least = wanted(part.at_least)
    return _told(lambda value: value >= least)


def _at_most(part: Comparison, wanted: Wants, on: date) -> Test:
    most = wanted(part.at_most)
    return _told(lambda value: value <= most)


def _range(part: Comparison, wanted: Wants, on: date) -> Test:
    assert part.range is not None
    least, most = (wanted(one) for one in part.range)
    return _told(lambda value: least <= value <= most)


def _among(part: Comparison, wanted: Wants, on: date) -> Test:
    options = wanted(part.among) if isinstance(part.among, str) else part.among
    allowed = frozenset(options) if isinstance(options, list | tuple) else frozenset([options])
    return _told(lambda value: value in allowed)


def _ratio(part: Comparison, wanted: Wants, on: date) -> Test:
    ratio = part.ratio
    assert ratio is not None
    bound = Fraction(wanted(ratio.at_least if ratio.at_least is not None else ratio.at_most))
    above, below, per = bound.numerator, bound.denominator, ratio.per

    def test(values: Sequence[Value]) -> str:
        if None in values:
            return CANNOT_TELL
        some, whole = (int(str(value)) for value in values)
        if whole == 0:
            return NOT_APPLICABLE
        left, right = some * per * below, above * whole
        return MET if (left >= right if ratio.at_least is not None else left <= right) else NOT_MET

    return test


def _cadence(part: Comparison, wanted: Wants, on: date) -> Test:
    cadence = part.cadence
    assert cadence is not None
    if cadence.days is not None:
        earliest = on - timedelta(days=int(wanted(cadence.days)))
    else:
        earliest = _months_before(on, int(wanted(cadence.months)))

    return _told(lambda last: last >= earliest)


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


def _deadline(part: Comparison, wanted: Wants, on: date) -> Test:
    deadline = part.deadline
    assert deadline is not None
    by = wanted(deadline.by) if isinstance(deadline.by, str) else deadline.by

    def test(values: Sequence[Value]) -> str:
        done = values[0]
        if done is None:
            return CANNOT_TELL
        if isinstance(done, date) and done != NEVER:
            return MET if done <= by else NOT_MET
        return MET if done and done != NEVER else PENDING if on <= by else NOT_MET

    return test


def _precedes(part: Comparison, wanted: Wants, on: date) -> Test:
    def test(values: Sequence[Value]) -> str:
        first, then = values
        if then == NEVER:
            return NOT_APPLICABLE
        if not isinstance(first, date) or not isinstance(then, date):
            return CANNOT_TELL
        return MET if first != NEVER and first <= then else NOT_MET

    return test


_MAKERS: Mapping[str, Callable[[Comparison, Wants, date], Test]] = {
    "at_least": _at_least, "at_most": _at_most, "range": _range, "among": _among, "ratio": _ratio, "cadence": _cadence,
    "deadline": _deadline, "precedes": _precedes,
}  # fmt: skip


def colour(check: Check, state: str, *, excused: bool = False) -> str:
    """green, amber, red, grey or plain (doesn't apply); blue is a hint that never turns red (鼓励、探索).

    A goal (力争) that isn't reached is amber; a rule in principle (原则上) or a duty is red until a reason is on file.
    """
    if state == MET:
        return "green"
    if state == NOT_APPLICABLE:
        return "plain"
    if state == CANNOT_TELL:
        return "grey"
    if check.entry.force in FREE:
        return "blue"
    if state == PENDING or excused or check.entry.force in SOFT:
        return "amber"
    return "red"
