"""What must hold between the files of the packs; every breach is a problem with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from rapidfuzz.process import extract

from linzhi.policy.pack import DatedValue, Pack, Packs, Parameter, Source
from linzhi.policy.problems import Problem
from linzhi.policy.schema import LEVELS, PackFile, ValueEntry
from linzhi.policy.values import compare
from linzhi.policy.yaml_lines import Document


class _Read(Protocol):
    file: PackFile
    document: Document


Draft = TypeVar("Draft", bound=_Read)


def near(word: str, known: list[str]) -> list[str]:
    """The known words most like a mistaken one, best first."""
    return [found for found, _score, _index in extract(word, known, limit=3, score_cutoff=60)]


def tree(drafts: dict[str, Draft], problems: list[Problem]) -> dict[str, Draft]:
    """The packs that hang together, parents first; the others are problems and left out."""
    placed: dict[str, Draft] = {}
    waiting = dict(drafts)
    while ready := [name for name, draft in waiting.items() if draft.file.parent is None or draft.file.parent in placed]:
        for name in ready:
            draft = waiting.pop(name)
            file, parent = draft.file, placed[draft.file.parent] if draft.file.parent else None
            if parent is None and file.level != "nation":
                problems.append(draft.document.problem(("level",), _("只有国家一级的包可以没有上级（parent）。")))
            if parent and LEVELS.index(file.level) <= LEVELS.index(parent.file.level):
                message = _("级别应低于上级包“%(parent)s”的级别。") % {"parent": parent.file.name}
                problems.append(draft.document.problem(("level",), message))
            placed[name] = draft
    for draft in waiting.values():
        message = _("上级包“%(parent)s”不存在，或上下级成了环。") % {"parent": draft.file.parent}
        problems.append(draft.document.problem(("parent",), message))
    _shared_divisions(placed, problems)
    return placed


def _shared_divisions(drafts: Mapping[str, Draft], problems: list[Problem]) -> None:
    owners: dict[str, str] = {}
    for name, draft in drafts.items():
        for number, code in enumerate(draft.file.division_codes):
            if code in owners:
                message = _("区划代码 %(code)s 已属于包“%(pack)s”。") % {"code": code, "pack": owners[code]}
                problems.append(draft.document.problem(("division_codes", number), message))
            owners.setdefault(code, name)


def names_above(drafts: Mapping[str, Draft], name: str) -> set[str]:
    """The pack itself and every pack above it."""
    names = {name}
    while (parent := drafts[name].file.parent) is not None:
        names.add(parent)
        name = parent
    return names


def described_twice(key: str, owner: str) -> str:
    """The sentence for a key that already has a description."""
    return _("参数“%(key)s”已在包“%(pack)s”里说明过：这里只写 key 和 values。") % {"key": key, "pack": owner}


def unknown_key(key: str, known: list[str]) -> str:
    """The sentence for values of a key that no pack above describes."""
    sentence = _("没有哪个上级包说明过参数“%(key)s”。") % {"key": key}
    alike = near(key, known)
    return sentence + _("是不是：%(alike)s？") % {"alike": "、".join(alike)} if alike else sentence


def source_complaint(source: Source | None, id: str, article: str, item: ValueEntry) -> str:
    """What is wrong with a value's citation, or an empty string."""
    if source is None:
        return _("没有登记过来源“%(id)s”。") % {"id": id}
    if source.articles and article not in source.articles:
        return _("来源“%(id)s”没有“%(article)s”这一条。") % {"id": id, "article": article}
    if source.in_force and item.begin < source.in_force:
        return _("来源“%(id)s”自 %(day)s 起才施行，值不能更早生效。") % {"id": id, "day": source.in_force}
    if source.repealed and (item.end is None or item.end > source.repealed):
        return _("来源“%(id)s”已于 %(day)s 废止，值要写明截止日（to）。") % {"id": id, "day": source.repealed}
    return ""


def values(packs: Packs) -> list[Problem]:
    """Overlapping periods, and local values that the level above doesn't allow."""
    problems: list[Problem] = []
    for pack in packs.by_name.values():
        for key, dated in pack.values.items():
            for one, other in pairwise(dated):
                if one.end is None or other.begin < one.end:
                    message = _("“%(key)s”的两个值时间重叠（%(one)s 与 %(other)s 起）：前一个要写截止日（to）。")
                    day = message % {"key": key, "one": one.begin, "other": other.begin}
                    problems.append(other.document.problem((*other.place, "from"), day))
            if pack.parent is not None:
                problems += _unlawful(packs, pack, packs.parameters[key], dated)
    return problems


def _unlawful(packs: Packs, pack: Pack, parameter: Parameter, dated: tuple[DatedValue, ...]) -> list[Problem]:
    problems = []
    above = packs.chain(pack.name)[:-1]
    for value in dated:
        if (found := breach(above, parameter, value)) is None:
            continue
        reason, upper = found
        later = upper.entered > value.entered
        sentence = _("“%(key)s”：%(reason)s（上级的值自 %(day)s 起）。")
        message = sentence % {"key": parameter.key, "reason": reason, "day": upper.begin}
        problems.append(value.document.problem((*value.place, "value"), message, later=later))
    return problems


def breach(above: tuple[Pack, ...], parameter: Parameter, value: DatedValue) -> tuple[str, DatedValue] | None:
    """Why the packs above forbid a value on some day of its time, and which value does; None where they let it stand."""
    for on in _turns(above, parameter.key, value):
        upper = in_force(above, parameter, on)
        if upper is not None and (reason := forbidden(parameter, value, upper)):
            return reason, upper
    return None


def _turns(above: tuple[Pack, ...], key: str, value: DatedValue) -> list[date]:
    """The first day of the value, and each day inside its time on which something above changes."""
    days = {value.begin}
    for pack in above:
        for upper in pack.values.get(key, ()):
            days |= {day for day in (upper.begin, upper.end) if day is not None and value.covers(day)}
    return sorted(days)


def in_force(chain: tuple[Pack, ...], parameter: Parameter, on: date) -> DatedValue | None:
    """The value that wins on a day among packs from the nation down: the lowest that the one above it allows."""
    winner: DatedValue | None = None
    for pack in chain:
        said = said_by(pack, parameter.key, on)
        if said and (winner is None or not forbidden(parameter, said, winner)):
            winner = said
    return winner


def said_by(pack: Pack, key: str, on: date) -> DatedValue | None:
    """What one pack says of a key on a day."""
    return next((value for value in pack.values.get(key, ()) if value.covers(on)), None)


def forbidden(parameter: Parameter, lower: DatedValue, upper: DatedValue) -> str:
    """Why a lower level may not say this beside the value above it, or an empty string."""
    if parameter.override == "free":
        return ""
    if upper.local and not lower.local:
        return ""  # a document outranks a mere default
    try:
        signs = compare(parameter.shape, lower.value, upper.value)
    except ValueError as error:
        return _("不能改动上级的值：%(why)s") % {"why": error}
    if parameter.override == "fixed" and signs != {0}:
        return _("上级的值是固定的，不能改动")
    if parameter.override == "raise" and -1 in signs:
        return _("只能比上级的值高，不能低")
    if parameter.override == "lower" and 1 in signs:
        return _("只能比上级的值低，不能高")
    return ""
