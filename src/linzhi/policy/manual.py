"""What applies in a place on a day, as a book: plain values that HTML and Word are made of.

The working methods are handed in, since only the engine above knows what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.access.actions import role_title
from linzhi.policy.checks import FORCES, shipped_checks
from linzhi.policy.load import packs
from linzhi.policy.matter_types import MatterType, matter_types
from linzhi.policy.metrics import subjects
from linzhi.policy.pack import Cited, Parameter
from linzhi.policy.resolve import Answer, find
from linzhi.policy.spoken import cited, day, one, row_name, rows, spoken

# The file in which the nation's pack describes a parameter: what its chapter is called, in the order of the book.
AREAS: dict[str, Any] = {
    "grid": gettext_lazy("网格和底数"), "requests": gettext_lazy("诉求办理"), "dispatch": gettext_lazy("派单和督办"),
    "party": gettext_lazy("党建"), "owners": gettext_lazy("业主自治"), "firms": gettext_lazy("物业服务"),
    "meetings": gettext_lazy("议事协商"), "venue": gettext_lazy("阵地"), "people": gettext_lazy("居民和能人"), "law": gettext_lazy("法律定死的"),
    "local": gettext_lazy("各地自定的"), "policy": gettext_lazy("规定由谁定"),
}  # fmt: skip
GATES: dict[str, Any] = {
    "prestudy": gettext_lazy("党支部前置研究"), "report": gettext_lazy("向社区“两委”报告"), "joint_meeting": gettext_lazy("联席会议"),
    "building_head": gettext_lazy("楼栋长先行议事"), "owner_vote": gettext_lazy("业主表决"),
}  # fmt: skip
THRESHOLDS: dict[str, Any] = {
    "ordinary": gettext_lazy("过半数"), "special": gettext_lazy("四分之三以上"), "unanimous": gettext_lazy("有利害关系的业主一致同意"),
}  # fmt: skip
OTHER = "other"


@dataclass(frozen=True)
class Line:
    """One rule: `said` is the value, one line for each row of a table; `marks` what to beware of; `overridden` what levels above say."""

    title: str
    key: str
    said: tuple[str, ...]
    basis: str
    marks: tuple[str, ...] = ()
    meaning: str = ""
    note: str = ""


@dataclass(frozen=True)
class Area:
    """A chapter of rules."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Step:
    """A step of a method: who acts, within what time, what may be done."""

    title: str
    who: str
    within: str
    acts: tuple[str, ...]


@dataclass(frozen=True)
class MethodPart:
    """A working method: its steps, its limits (what, how long, on what ground), and its picture as SVG."""

    title: str
    source: str
    used: bool
    steps: tuple[Step, ...]
    limits: tuple[tuple[str, str, str], ...]
    picture: str = ""


@dataclass(frozen=True)
class Matter:
    """A kind of major matter with the gates it passes, each with its ground."""

    title: str
    note: str
    gates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A check: what is asked of whom, who mends it by when, on what ground."""

    title: str
    subject: str
    force: str
    owner: str
    within: str
    basis: str


@dataclass(frozen=True)
class Document:
    """A document that something in the book rests on."""

    title: str
    number: str
    issuer: str
    issued: str
    verified: bool
    note: str


@dataclass(frozen=True)
class Manual:
    """The whole book."""

    place: str
    pack: str
    line: tuple[str, ...]
    on: date
    areas: tuple[Area, ...]
    unset: tuple[tuple[str, str], ...]
    methods: tuple[MethodPart, ...]
    matters: tuple[Matter, ...]
    checks: tuple[Asked, ...]
    documents: tuple[Document, ...] = field(default=())

    @property
    def title(self) -> str:
        """What stands on its first page."""
        return _("%(place)s治理规定手册") % {"place": self.place}

    @property
    def day(self) -> str:
        """The day in words."""
        return day(self.on)


def manual_of(pack: str, place: str, on: date, methods: tuple[MethodPart, ...]) -> Manual:
    """The book of a pack on a day; `place` is whose name it bears. Raises KeyError for an unknown pack."""
    chain = packs().chain(pack)
    chapters: dict[str, list[Line]] = {area: [] for area in (*AREAS, OTHER)}
    unset: list[tuple[str, str]] = []
    found: dict[str, Cited] = {}
    areas = _areas()
    for parameter in packs().parameters.values():
        if parameter.pack not in {step.name for step in chain} | {step.repeats for step in chain}:
            continue
        answer = find(parameter.key, on=on, pack=pack)
        if answer is None:
            unset.append((parameter.title, parameter.description))
            continue
        chapters[areas.get(parameter.key, OTHER)].append(_line(parameter, answer))
        if answer.source:
            found[answer.source.source.id] = answer.source
    titles = {area: str(AREAS.get(area, _("其他"))) for area in chapters}
    return Manual(
        place, pack, tuple(step.title for step in chain), on,
        tuple(Area(titles[area], tuple(lines)) for area, lines in chapters.items() if lines), tuple(unset), methods,
        tuple(_matter(kind) for kind in matter_types(pack, on).values()), _checks(pack, on), _documents(found),
    )  # fmt: skip


def _areas() -> dict[str, str]:
    """Key to the file that describes it."""
    return {
        str(entry["key"]): document.path.stem
        for pack in packs().by_name.values()
        for document in pack.documents
        if document.path.parent.name == "parameters"
        for entry in document.data
        if "title" in entry and document.path.stem in AREAS
    }


def _line(parameter: Parameter, answer: Answer) -> Line:
    value = answer.value
    said = tuple(f"{name}：{word}" for name, word in rows(parameter, value)) if parameter.type == "table" else _said(parameter, value)
    whose = next((step.title for step in answer.chain if step.pack == answer.pack), answer.pack)
    since = _("%(day)s起") % {"day": day(answer.begin)}
    basis = _("%(whose)s：%(cited)s，%(since)s") % {"whose": whose, "cited": cited(answer.source, answer.local), "since": since}
    if answer.end:
        basis += _("，到%(day)s为止") % {"day": day(answer.end)}
    marks = []
    if answer.local:
        marks.append(_("本地设定：文件没有写死"))
    if answer.source and not answer.source.source.verified:
        marks.append(_("出处未核实"))
    notes = [answer.note, *(f"{step.title}：{step.reason}" for step in answer.chain if step.reason)]
    return Line(parameter.title, parameter.key, said, basis, tuple(marks), parameter.description, "；".join(filter(None, notes)))


def _said(parameter: Parameter, value: Any) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        return (spoken(parameter, value),)
    return tuple(row_name(parameter, str(item)) if parameter.shape.of == "text" else one(parameter, item) for item in value) or (_("没有"),)


def _matter(kind: MatterType) -> Matter:
    gates = []
    for gate in kind.gates.values():
        word = gate.word
        name = str(GATES.get(gate.name, gate.name))
        name += f"（{THRESHOLDS[word.threshold]}）" if word.threshold else ""
        gates.append((name, cited(word.source, word.local)))
    return Matter(kind.title, kind.note, tuple(gates))


def _checks(pack: str, on: date) -> tuple[Asked, ...]:
    found = [check for check in shipped_checks(pack).values() if check.covers(on)]
    return tuple(
        Asked(
            check.entry.title, _subject(check.entry.subject), str(FORCES[check.entry.force]), role_title(check.entry.owner),
            check.within.words(), check.basis,
        )
        for check in found
    )  # fmt: skip


def _subject(name: str) -> str:
    return str(getattr(subjects().get(name), "title", name))


def _documents(found: dict[str, Cited]) -> tuple[Document, ...]:
    sources = [item.source for item in found.values()]
    return tuple(
        Document(source.title, source.number, source.issuer, day(source.issued) if source.issued else "", source.verified, source.note)
        for source in sources
    )
