"""How every subject of a place stands on a day, by the checks that apply where it lies. Reads only; storing is `compliance.evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from linzhi.domains.compliance.queries.figures import Row, figures
from linzhi.policy.checks import Check, shipped_checks
from linzhi.policy.judging import Rule, rule_of
from linzhi.policy.metrics import Scope, Value, metrics, subjects
from linzhi.policy.queries import pack_for, packs_inside
from linzhi.policy.resolve import find


@dataclass(frozen=True)
class Asked:
    """What one kind of subject is asked under one pack on a day: rules, and the figures they read, by position."""

    subject: str
    pack: str
    rules: tuple[Rule, ...]
    figures: tuple[str, ...]
    picks: tuple[Callable[[tuple[Value, ...]], tuple[Value, ...]], ...] = field(repr=False)

    def judge(self, values: tuple[Value, ...]) -> str:
        """The states of a subject with these figures, one character for each rule."""
        return "".join([rule.judge(pick(values)) for rule, pick in zip(self.rules, self.picks, strict=True)])


@dataclass(frozen=True)
class Stood:
    """One subject as it stands: its figures and states, by the positions of `asked`."""

    asked: Asked
    row: Row
    values: tuple[Value, ...]
    states: str


def checks_of(pack: str, on: date) -> dict[str, Check]:
    """The checks that are asked under a pack on a day, by name."""
    return {code: check for code, check in shipped_checks(pack).items() if check.covers(on)}


def rule(check: Check, pack: str, on: date) -> Rule:
    """A check with the parameters of a pack on a day."""
    return rule_of(check, {key: find(key, on=on, pack=pack) for key in check.keys()}, on)  # noqa: SIM118


def asked_of(subject: str, pack: str, on: date) -> Asked:
    """Everything that one kind of subject is asked under a pack on a day; listings, which are about single rows, aside."""
    checks = [check for check in checks_of(pack, on).values() if check.entry.subject == subject and check.entry.none is None]
    rules = tuple(rule(check, pack, on) for check in checks)
    names = tuple(dict.fromkeys(name for one in rules for name in one.figures))
    at = {name: number for number, name in enumerate(names)}
    return Asked(subject, pack, rules, names, tuple(_pick([at[name] for name in one.figures]) for one in rules))


def _pick(places: Sequence[int]) -> Callable[[tuple[Value, ...]], tuple[Value, ...]]:
    if not places:
        return lambda values: ()
    if len(places) == 1:
        (one,) = places
        return lambda values: (values[one],)
    return itemgetter(*places)


def evaluated(scope: Scope, kinds: Sequence[str] = ()) -> Iterator[Stood]:
    """Every subject inside a place (of some kinds; of all) with its figures and states."""
    pack_at = Packs(scope.path)
    for name in kinds or tuple(subjects()):
        asked = {pack: asked_of(name, pack, scope.on) for pack in pack_at.all()}
        union = tuple(dict.fromkeys(figure for one in asked.values() for figure in one.figures))
        if not union:
            continue
        at = {figure: number for number, figure in enumerate(union)}
        reads = {pack: _pick([at[figure] for figure in one.figures]) for pack, one in asked.items()}
        for row in figures(subjects()[name], [metrics()[figure] for figure in union], scope):
            pack = pack_at.of(row.path)
            if asked[pack].rules:
                values = reads[pack](row.values)
                yield Stood(asked[pack], row, values, asked[pack].judge(values))


class Packs:
    """Which pack applies at each place inside a place; read once."""

    def __init__(self, path: str) -> None:
        self._top = pack_for(path)
        self._inner = packs_inside(path)
        self._lengths = sorted({len(where) for where in self._inner}, reverse=True)

    def all(self) -> list[str]:
        """Every pack that applies somewhere inside."""
        return list(dict.fromkeys([self._top, *self._inner.values()]))

    def of(self, path: str) -> str:
        """The pack at a path inside."""
        for length in self._lengths:
            found = self._inner.get(path[:length])
            if found is not None and len(path) >= length:
                return found
        return self._top
