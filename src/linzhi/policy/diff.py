"""In what two packs differ on a day: values, working methods, checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from linzhi.policy.checks import Check, shipped_checks
from linzhi.policy.load import packs
from linzhi.policy.methods import MethodFile, methods_of
from linzhi.policy.pack import Parameter
from linzhi.policy.resolve import Answer, find
from linzhi.policy.spoken import cited, spoken

T = TypeVar("T")


@dataclass(frozen=True)
class ValueDiffers:
    """A parameter whose value differs; None where no level of that pack sets it."""

    parameter: Parameter
    one: Answer | None
    other: Answer | None

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"key": self.parameter.key, "title": self.parameter.title, "a": _plain(self.one), "b": _plain(self.other)}


@dataclass(frozen=True)
class Differs:
    """A method or check that only one has, or that is asked differently. `one` and `other` say whose it is and how it is called."""

    name: str
    one: str
    other: str

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"name": self.name, "a": self.one or None, "b": self.other or None}


@dataclass(frozen=True)
class Difference:
    """Everything in which two packs differ on a day."""

    values: tuple[ValueDiffers, ...]
    methods: tuple[Differs, ...]
    checks: tuple[Differs, ...]

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "values": [one.plain() for one in self.values],
            "methods": [one.plain() for one in self.methods],
            "checks": [one.plain() for one in self.checks],
        }


def diff(one: str, other: str, on: date) -> Difference:
    """In what a place with pack `other` differs from one with pack `one`. Refused for an unknown pack, as `resolve` does."""
    values = []
    for key, parameter in sorted(packs().parameters.items()):
        said = find(key, on=on, pack=one), find(key, on=on, pack=other)
        if (said[0] and said[0].value) != (said[1] and said[1].value):
            values.append(ValueDiffers(parameter, *said))
    methods = _two(methods_of(one), methods_of(other), lambda method: method.digest, _method)
    checks = _two(_asked(one, on), _asked(other, on), lambda check: check.entry.model_copy(update={"stories": []}), _check)
    return Difference(tuple(values), methods, checks)


def source_of(answer: Answer) -> str:
    """Whose value it is and on what it rests, in words."""
    whose = next((said.title for said in answer.chain if said.pack == answer.pack), answer.pack)
    return f"{whose}，{cited(answer.source, answer.local)}"


def _two(one: Mapping[str, T], other: Mapping[str, T], same: Callable[[T], Any], words: Callable[[T], str]) -> tuple[Differs, ...]:
    names = sorted({*one, *other})
    differing = [name for name in names if name not in one or name not in other or same(one[name]) != same(other[name])]
    return tuple(Differs(name, words(one[name]) if name in one else "", words(other[name]) if name in other else "") for name in differing)


def _asked(pack: str, on: date) -> dict[str, Check]:
    return {code: check for code, check in shipped_checks(pack).items() if check.covers(on)}


def _method(method: MethodFile) -> str:
    title = method.data.get("title", method.name) if isinstance(method.data, dict) else method.name
    return f"{title}（{method.id}）"


def _check(check: Check) -> str:
    return f"{check.entry.title}（{check.basis}，{check.pack}）"


def _plain(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    said = answer.plain()
    words = spoken(packs().parameters[answer.key], answer.value)
    return {"words": words, **{name: said[name] for name in ("value", "unit", "level", "pack", "source", "local", "from", "to")}}
