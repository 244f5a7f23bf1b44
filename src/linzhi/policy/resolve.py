"""Looks up a parameter for a place and a day: the value, whose it is, on what it rests, and what each level said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linzhi.kernel.refused import Refused
from linzhi.policy import check
from linzhi.policy.load import digest, packs
from linzhi.policy.pack import Cited, DatedValue, Pack, Packs, Parameter
from linzhi.policy.remembered import remembered
from linzhi.policy.values import plain

DEFAULT_PACK = "cn"


@dataclass(frozen=True)
class Said:
    """What one level says of a parameter on a day; `value` is None where it says nothing.

    `accepted` is False for a value that the level above doesn't allow; `reason` then says why.
    """

    pack: str
    level: str
    title: str
    value: Any = None
    begin: date | None = None
    end: date | None = None
    source: Cited | None = None
    local: bool = False
    note: str = ""
    accepted: bool = False
    reason: str = ""

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "pack": self.pack,
            "level": self.level,
            "title": self.title,
            "value": plain(self.value),
            "from": plain(self.begin),
            "to": plain(self.end),
            "source": self.source.plain() if self.source else None,
            "local": self.local,
            "note": self.note,
            "accepted": self.accepted,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Answer:
    """One looked-up value. `local` marks a local setting (本地设定): the sources leave it open.

    `level` and `pack` say whose value won; `chain` holds every level from the nation down.
    Limits are text (`2 working hours`), fractions exact, lists tuples, tables read-only mappings.
    """

    key: str
    title: str
    value: Any
    unit: str
    type: str
    level: str
    pack: str
    source: Cited | None
    local: bool
    note: str
    begin: date
    end: date | None
    chain: tuple[Said, ...] = field(repr=False)

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "key": self.key,
            "title": self.title,
            "value": plain(self.value),
            "unit": self.unit,
            "type": self.type,
            "level": self.level,
            "pack": self.pack,
            "source": self.source.plain() if self.source else None,
            "local": self.local,
            "note": self.note,
            "from": plain(self.begin),
            "to": plain(self.end),
            "chain": [said.plain() for said in self.chain],
        }


def resolve(key: str, *, on: date, pack: str | None = None, place: str | None = None) -> Answer:
    """The value of a key on a day, for a pack or for a division code (the nation where neither is given).

    Refused: a key nobody describes (`policy.unknown_key`), an unknown pack or code, and a key that no
    level of this place sets on the day (`policy.not_set`).
    """
    answer = find(key, on=on, pack=pack, place=place)
    if answer is None:
        message = _("“%(key)s”在 %(day)s 没有任何一级作出规定，也没有本地设定。") % {"key": key, "day": on}
        raise Refused("policy.not_set", message, key=key)
    return answer


def find(key: str, *, on: date, pack: str | None = None, place: str | None = None) -> Answer | None:
    """As `resolve`, but None where no level of the place sets the key on the day."""
    begins, answers = _timeline(key, pack if pack is not None else pack_for_code(place or ""))
    number = bisect_right(begins, on) - 1
    return answers[number] if number >= 0 else None


def said(key: str, *, on: date, pack: str) -> tuple[Said, ...]:
    """What each level says of a key on a day, from the nation down, whether or not anything is set."""
    loaded = packs()
    parameter, chain = _known(loaded, key, pack)
    return _said(chain, parameter, on)[1]


def values(keys: Iterable[str], *, on: date, pack: str) -> dict[str, Any]:
    """Several values at once, for a rule that needs no more than these; refused like `resolve`."""
    return {key: resolve(key, on=on, pack=pack).value for key in keys}


def snapshot(keys: Iterable[str], pack: str, on: date) -> dict[str, Any]:
    """What an act relied on, as plain JSON to store with it: values with origin, and the digest of the packs.

    A key that is not set is stored as null: that, too, is what the act relied on.
    """
    taken: dict[str, Any] = {}
    for key in keys:
        answer = find(key, on=on, pack=pack)
        taken[key] = answer and {
            "value": plain(answer.value),
            "unit": answer.unit,
            "level": answer.level,
            "pack": answer.pack,
            "source": answer.source.plain() if answer.source else None,
            "local": answer.local,
            "from": plain(answer.begin),
        }
    return {"pack": pack, "on": on.isoformat(), "digest": _digest(pack), "values": taken}


def pack_for_code(code: str) -> str:
    """The pack of the longest division code that `code` begins with; the nation's where none fits."""
    table = packs().by_division
    for length in (12, 9, 6, 4, 2):
        if len(code) >= length and code[:length] in table:
            return table[code[:length]]
    return DEFAULT_PACK


def pack_for_codes(codes: Iterable[str]) -> str:
    """The pack for a place given by the codes on its way up, the place itself first."""
    table = packs().by_division
    return next((table[code] for code in codes if code in table), DEFAULT_PACK)


@remembered
def _digest(pack: str) -> str:
    return digest(pack)


@remembered
def _timeline(key: str, pack: str) -> tuple[list[date], list[Answer | None]]:
    """Every stretch of time with one answer: the first days, and the answers."""
    loaded = packs()
    parameter, chain = _known(loaded, key, pack)
    turns = sorted({day for step in chain for value in step.values.get(key, ()) for day in (value.begin, value.end) if day})
    ends: list[date | None] = [*turns[1:], None]
    answers = [_answer(chain, parameter, begin, end) for begin, end in zip(turns, ends, strict=bool(turns))]
    return turns, answers


def _known(loaded: Packs, key: str, pack: str) -> tuple[Parameter, tuple[Pack, ...]]:
    if pack not in loaded.by_name:
        alike = check.near(pack, list(loaded.by_name))
        message = _("没有“%(pack)s”这个政策包。") % {"pack": pack} + _perhaps(alike)
        raise Refused("policy.unknown_pack", message, status=404, near=alike)
    if key not in loaded.parameters:
        alike = check.near(key, list(loaded.parameters))
        raise Refused("policy.unknown_key", _("没有“%(key)s”这个参数。") % {"key": key} + _perhaps(alike), status=404, near=alike)
    return loaded.parameters[key], loaded.chain(pack)


def _perhaps(alike: list[str]) -> str:
    return _("是不是：%(alike)s？") % {"alike": "、".join(alike)} if alike else ""


def _answer(chain: tuple[Pack, ...], parameter: Parameter, begin: date, end: date | None) -> Answer | None:
    winner, steps = _said(chain, parameter, begin)
    if winner is None:
        return None
    pack, value = winner
    return Answer(
        parameter.key, parameter.title, value.value, parameter.unit, parameter.shape.type, pack.level, pack.name,
        value.cited, value.local, value.note, begin, end, steps,
    )  # fmt: skip


def _said(chain: tuple[Pack, ...], parameter: Parameter, on: date) -> tuple[tuple[Pack, DatedValue] | None, tuple[Said, ...]]:
    winner: tuple[Pack, DatedValue] | None = None
    steps = []
    for pack in chain:
        value = check.said_by(pack, parameter.key, on)
        if value is None:
            steps.append(Said(pack.name, pack.level, pack.title))
            continue
        reason = check.forbidden(parameter, value, winner[1]) if winner else ""
        if not reason:
            winner = (pack, value)
        steps.append(
            Said(
                pack.name,
                pack.level,
                pack.title,
                value.value,
                value.begin,
                value.end,
                value.cited,
                value.local,
                value.note,
                accepted=not reason,
                reason=reason,
            )
        )
    return winner, tuple(steps)


def describe(key: str) -> Mapping[str, str]:
    """Title, unit, description and the way it may be overridden; refused for a key nobody describes."""
    parameter, _chain = _known(packs(), key, DEFAULT_PACK)
    return {
        "title": parameter.title,
        "unit": parameter.unit,
        "description": parameter.description,
        "override": parameter.override,
        "type": parameter.shape.type,
    }
