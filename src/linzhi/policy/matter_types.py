"""The kinds of major matters of an estate, and the gates that each must pass: who studies, hears or decides it, and on what ground.

Read from `matter-types.yaml` of the packs. Row by row the nearest level's word on a gate wins; a vote of the owners that a law
asks for can neither be taken away nor made easier below (Civil Code 278, 279).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from linzhi.policy.load import packs, validated
from linzhi.policy.pack import Cited, Pack, Packs, Source
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import remembered
from linzhi.policy.schema import Reference, Shut, Slug, Text
from linzhi.policy.yaml_lines import Document, Place

FILE = "matter-types.yaml"
GATES = ("prestudy", "report", "joint_meeting", "building_head", "owner_vote")
LEGAL = ("law", "regulation")
Threshold = Literal["ordinary", "special", "unanimous"]
THRESHOLDS: tuple[str, ...] = ("ordinary", "special", "unanimous")
"""From the easiest to the hardest: more than half, at least three quarters (Civil Code 278), every owner concerned (279)."""


class GateEntry(Shut):
    """What one pack says of one gate: asked or not, since when, on what ground. `threshold` belongs to the owners' vote."""

    asked: bool = True
    threshold: Threshold | None = None
    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    source: Reference | None = None
    local: bool = False
    entered: date
    note: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> GateEntry:
        if self.source is None and not self.local:
            raise ValueError("no_source")
        if self.source is not None and self.local:
            raise ValueError("source_and_local")
        if self.end is not None and self.end <= self.begin:
            raise ValueError("ends_before_it_begins")
        return self


class MatterEntry(Shut):
    """One kind of matter. The pack that introduces it gives the title; packs below give only the code and what they say."""

    code: Slug
    title: Text | None = None
    note: Text | None = None
    prestudy: GateEntry | None = None
    report: GateEntry | None = None
    joint_meeting: GateEntry | None = None
    building_head: GateEntry | None = None
    owner_vote: GateEntry | None = None

    def gates(self) -> dict[str, GateEntry]:
        """The gates that it says something of."""
        return {name: said for name in GATES if (said := getattr(self, name)) is not None}


class MatterFile(Shut):
    """`matter-types.yaml`."""

    matter_types: list[MatterEntry] = Field(min_length=1)


@dataclass(frozen=True)
class Word:
    """What one level says of one gate."""

    pack: str
    level: str
    asked: bool
    threshold: str
    begin: date
    end: date | None
    source: Cited | None
    local: bool
    note: str

    def covers(self, on: date) -> bool:
        """Whether it is in force on the day."""
        return self.begin <= on and (self.end is None or on < self.end)

    @property
    def lawful(self) -> bool:
        """Whether a law or regulation says it."""
        return self.source is not None and self.source.source.kind in LEGAL

    def plain(self) -> dict[str, Any]:
        """The same for JSON and for a stored snapshot."""
        return {
            "pack": self.pack,
            "level": self.level,
            "asked": self.asked,
            "threshold": self.threshold,
            "from": self.begin.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "source": self.source.plain() if self.source else None,
            "local": self.local,
            "note": self.note,
        }


@dataclass(frozen=True)
class Gate:
    """One gate as it applies: the word that wins, and every level's word from the nation down."""

    name: str
    word: Word
    chain: tuple[Word, ...]


@dataclass(frozen=True)
class MatterType:
    """One kind of matter in a place on a day; `gates` are those that are asked, in the order of `GATES`."""

    code: str
    title: str
    note: str
    pack: str
    gates: Mapping[str, Gate]

    @property
    def threshold(self) -> str:
        """`ordinary`, `special` or `unanimous`; empty where the owners needn't vote."""
        gate = self.gates.get("owner_vote")
        return gate.word.threshold if gate else ""

    def plain(self) -> dict[str, Any]:
        """The same for JSON and for a stored snapshot."""
        gates = {name: {**gate.word.plain(), "chain": [word.plain() for word in gate.chain]} for name, gate in self.gates.items()}
        return {"code": self.code, "title": self.title, "note": self.note, "pack": self.pack, "gates": gates}


@dataclass(frozen=True)
class _Row:
    code: str
    title: str
    note: str
    pack: str
    words: Mapping[str, tuple[Word, ...]]


@remembered
def matter_types(pack: str, on: date) -> Mapping[str, MatterType]:
    """The table of a place with this pack on a day, by code. Raises KeyError for an unknown pack, PacksRefused for spoiled files."""
    rows, problems = table_in(pack, packs())
    if problems:
        raise PacksRefused(tuple(problems))
    return MappingProxyType({row.code: _on_day(row, on) for row in rows.values()})


def _on_day(row: _Row, on: date) -> MatterType:
    gates = {}
    for name in GATES:
        chain = tuple(word for word in row.words.get(name, ()) if word.covers(on))
        winner = _winner(chain)
        if winner is not None and winner.asked:
            gates[name] = Gate(name, winner, chain)
    return MatterType(row.code, row.title, row.note, row.pack, MappingProxyType(gates))


def _winner(chain: tuple[Word, ...]) -> Word | None:
    """The lowest level's word, as far as the law above lets it."""
    winner: Word | None = None
    for word in chain:
        if winner is None or not _forbidden(word, winner):
            winner = word
    return winner


def _forbidden(lower: Word, upper: Word) -> str:
    """Why a level below may not say this beside the law's word, or an empty string. Only the owners' vote carries a threshold."""
    if not (upper.lawful and upper.asked and upper.threshold):
        return ""
    if not lower.asked:
        return _("法律要求业主共同决定，下级不能取消")
    if THRESHOLDS.index(lower.threshold) < THRESHOLDS.index(upper.threshold):
        return _("下级不能降低法律规定的表决比例")
    return ""


def table_in(name: str, loaded: Packs) -> tuple[Mapping[str, _Row], list[Problem]]:
    """The whole table that a pack uses, undated, and what is wrong with the files of its chain."""
    problems: list[Problem] = []
    rows: dict[str, _Row] = {}
    sources: dict[str, Source] = {}
    for pack in loaded.chain(name):
        sources |= pack.sources
        document = next((item for item in pack.documents if item.path.name == FILE), None)
        file = document and validated(MatterFile, document, document.data, (), problems)
        seen: set[str] = set()
        for number, entry in enumerate(file.matter_types if file else ()):
            assert document is not None
            place: Place = ("matter_types", number)
            if entry.code in seen:
                problems.append(document.problem((*place, "code"), _("事项“%(code)s”重复。") % {"code": entry.code}))
            seen.add(entry.code)
            above = rows.get(entry.code)
            if above is None and entry.title is None:
                message = _("“%(code)s”是新的事项：请写名称（title）。") % {"code": entry.code}
                problems.append(document.problem((*place, "code"), message))
            words = dict(above.words) if above else {}
            for gate, said in entry.gates().items():
                word = _word(gate, said, pack, sources, document, (*place, gate), problems)
                if word is None:
                    continue
                if why := _unlawful(word, words.get(gate, ())):
                    problems.append(document.problem((*place, gate), why))
                    continue
                words[gate] = (*words.get(gate, ()), word)
            title = entry.title or (above.title if above else entry.code)
            note = entry.note or (above.note if above else "")
            rows[entry.code] = _Row(entry.code, title, note, above.pack if above else pack.name, MappingProxyType(words))
    return MappingProxyType(rows), sorted(set(problems))


def _unlawful(word: Word, above: tuple[Word, ...]) -> str:
    """Why a word may not stand beside one above it at any time that both are in force."""
    for upper in above:
        together = (word.end is None or upper.begin < word.end) and (upper.end is None or word.begin < upper.end)
        if together and (why := _forbidden(word, upper)):
            return why + "。"
    return ""


def _word(
    gate: str, said: GateEntry, pack: Pack, sources: Mapping[str, Source], document: Document, place: Place, problems: list[Problem]
) -> Word | None:
    if (gate == "owner_vote" and said.asked) != (said.threshold is not None):
        message = _("threshold 只用于业主表决（owner_vote），而且那时必须写。")
        problems.append(document.problem(place, message))
        return None
    cited = None
    if said.source is not None:
        id, article = said.source.split("#", 1)
        source = sources.get(id)
        if source is None or (source.articles and article not in source.articles):
            problems.append(document.problem(place, _("没有登记过“%(article)s”这个出处。") % {"article": said.source}))
            return None
        if source.in_force and said.begin < source.in_force:
            message = _("来源“%(id)s”自 %(day)s 起才施行，值不能更早生效。") % {"id": id, "day": source.in_force}
            problems.append(document.problem(place, message))
            return None
        cited = Cited(source, article)
    return Word(
        pack.name, pack.level, said.asked, said.threshold or "", said.begin, said.end, cited, said.local, said.note or ""
    )  # fmt: skip
