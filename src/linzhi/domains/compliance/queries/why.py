"""Why a subject stands so by a check: figures with formulas, the requirement with every parameter and its source, what was found."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.compliance.models import Finding, Standing, Tally
from linzhi.domains.compliance.queries import check_of
from linzhi.domains.compliance.queries.board import sees
from linzhi.domains.compliance.queries.evaluation import rule
from linzhi.domains.compliance.rules import COLOUR_KINDS, STATE_WORDS, missing, requirement, said
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ESTATE_LENGTH, SEGMENT, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.checks import FORCES, Check
from linzhi.policy.judging import MET, NOT_MET, Rule, colour
from linzhi.policy.load import packs
from linzhi.policy.metrics import NEVER, Value, listings, metrics, subjects
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import Answer, Said, describe
from linzhi.policy.resolve import said as said_by
from linzhi.policy.spoken import cited, spoken


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, its value in words, how it is counted, what it is here (分子, 分母 or empty), what is missing."""

    name: str
    title: str
    said: str
    formula: str
    part: str
    missing: str


@dataclass(frozen=True)
class Wanted:
    """One parameter of the requirement: its value in words, on what it rests, what each level says. `marks` are what to beware of."""

    key: str
    title: str
    said: str
    basis: str
    url: str
    level: str
    marks: tuple[str, ...]
    chain: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Why:
    """The whole answer for one subject and one check. `since` is from when it has stood so, `at` when it was last looked at."""

    check: Check
    kind: str
    subject: str
    ref: int
    subject_title: str
    name: str
    path: str
    code: str
    state: str
    words: str
    colour: str
    force: str
    requirement: str
    figures: tuple[Figure, ...]
    wanted: tuple[Wanted, ...]
    missing: tuple[str, ...]
    marks: tuple[str, ...]
    findings: tuple[Finding, ...]
    since: datetime | None
    at: datetime | None

    @property
    def open(self) -> Finding | None:
        """The finding that is open now, the first due where a listing has several."""
        return min((one for one in self.findings if one.closed is None), key=lambda one: (one.due, one.pk), default=None)


MOST = 50
LEVEL_TITLES = {
    "nation": gettext_lazy("国家"), "province": gettext_lazy("省"), "city": gettext_lazy("市"), "county": gettext_lazy("县（市、区）"),
    "street": gettext_lazy("街道"), "community": gettext_lazy("社区"), "estate": gettext_lazy("小区"),
}  # fmt: skip


def standing(subject: str, ref: int) -> Standing | None:
    """How a subject stood when it was last looked at, or None."""
    return Standing.objects.select_related("layout").filter(subject=subject, ref=ref).first()


def standing_at(path: str, level: str) -> Standing | None:
    """The standing of a place itself (an estate, a community, a street, a county)."""
    return Standing.objects.select_related("layout").filter(subject=level, path=path).first()


@dataclass(frozen=True)
class About:
    """What several answers about one subject share: its standing, its place's code, when it was last looked at, its findings by check."""

    row: Standing
    code: str
    at: datetime | None
    findings: dict[str, list[Finding]]


def why(powers: Powers, subject: str, ref: int, code: str) -> Why:
    """Why a subject stands so by a check. Raises NotFound for what the asker may not see, as for what there isn't."""
    row = standing(subject, ref)
    if row is None:
        raise NotFound(_nothing())
    pack = pack_for(row.path)
    check = check_of(pack, code) or check_of(row.layout.pack, code)
    if check is None or check.entry.subject != subject or not sees(powers, row, check):
        raise NotFound(_nothing())
    return explained(powers, about(row, [check]), check)


def _nothing() -> str:
    return _("没有这项检查的结果，或者不在您的范围内。还没对照过的，最多等一个小时。")


def about(row: Standing, checks: Sequence[Check]) -> About:
    """What answers about a subject by these checks need; three statements. Of a listing, the findings that lie inside the subject."""
    listed = [check.code for check in checks if check.entry.none is not None]
    own = [check.code for check in checks if check.entry.none is None]
    wanted = Q(check_code__in=own, subject=f"{row.subject}:{row.ref}") | (Q(check_code__in=listed) & within("path", row.path))
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in Finding.objects.filter(wanted).order_by("-opened", "-pk"):
        found[one.check_code].append(one)
    code = Territory.objects.filter(path=row.path).values_list("code", flat=True).first()
    at = Tally.objects.filter(path=row.path[: ESTATE_LENGTH - SEGMENT]).order_by("-day").values_list("at", flat=True).first()
    return About(row, code or "", at, found)


def explained(powers: Powers, about: About, check: Check) -> Why:
    """The same for a subject that the asker may see; the figures are those stored when it was last looked at."""
    row, on = about.row, day_of(powers.at)
    made = rule(check, row.layout.pack, on)
    values = _values(row, made)
    found = about.findings.get(check.code, [])
    open_ = [one for one in found if one.closed is None]
    if check.entry.none is not None:
        state = NOT_MET if open_ else MET
    elif check.code in row.layout.checks:
        state = row.states[row.layout.checks.index(check.code)]
    else:
        raise NotFound(_nothing())
    excused = bool(open_) and all(one.excused_until and one.excused_until >= on for one in open_)
    hue = colour(check, state, excused=excused)
    return Why(
        check=check, kind=COLOUR_KINDS[hue], subject=row.subject, ref=row.ref,
        subject_title=str(subjects()[row.subject].title), name=row.name,
        path=row.path, code=about.code, state=state, words=str(STATE_WORDS[state]) + (_("，理由已在案") if excused and state != MET else ""),
        colour=_hue(hue), force=str(FORCES[check.entry.force]), requirement=requirement(made), figures=_figures(made, values, check),
        wanted=tuple(wanted(key, made.answers.get(key), row.layout.pack, on) for key in check.keys()),  # noqa: SIM118
        missing=tuple(dict.fromkeys(missing(made, values))), marks=marks(check), findings=tuple(found[:MOST]), since=row.since, at=about.at,
    )  # fmt: skip


def _hue(hue: str) -> str:
    words = {
        "green": _("绿色"), "amber": _("黄色"), "red": _("红色"), "grey": _("灰色：缺数据，说不准"), "plain": _("不着色：这里不适用"),
        "blue": _("蓝色：鼓励和探索的事，不算欠账"),
    }  # fmt: skip
    return words[hue]


def marks(check: Check) -> tuple[str, ...]:
    """What to beware of in a check's own ground: a local setting, a source that isn't verified."""
    if check.cited is None:
        return (_("文件没有写死"),)
    return () if check.cited.source.verified else (_("出处未核实"),)


def _values(row: Standing, made: Rule) -> tuple[Value, ...]:
    at = {name: number for number, name in enumerate(row.layout.figures)}
    raw = json.loads(row.figures)
    return tuple(stored(name, raw[at[name]]) if name in at else None for name in made.figures)


def stored(name: str, raw: Any) -> Value:
    """A figure as it was before it was stored as JSON."""
    if metrics()[name].kind != "date" or raw is None:
        value: Value = raw
        return value
    return NEVER if raw == "never" else date.fromisoformat(raw)


def _figures(made: Rule, values: Sequence[Value], check: Check) -> tuple[Figure, ...]:
    parts: dict[str, str] = {}
    for part in check.parts:
        if part.ratio is not None:
            parts |= {part.ratio.part: _("分子"), part.ratio.whole: _("分母")}
    found = []
    for name, value in zip(made.figures, values, strict=True):
        metric = metrics()[name]
        lack = str(metric.needs) if value is None else ""
        found.append(Figure(name, str(metric.title), said(name, value), str(metric.formula), parts.get(name, ""), lack))
    if check.entry.none is not None and check.entry.none in listings():
        one = listings()[check.entry.none]
        found.append(Figure(one.name, str(one.title), "", str(one.formula), "", ""))
    return tuple(found)


def wanted(key: str, answer: Answer | None, pack: str, on: date) -> Wanted:
    """A parameter in words: its value, level, source and what each level says."""
    parameter = packs().parameters[key]
    title = str(describe(key)["title"])
    chain = tuple(_link(step, key) for step in said_by(key, on=on, pack=pack))
    if answer is None:
        return Wanted(key, title, _("这里没有规定"), "", "", "", (), chain)
    notes = [_("本地设定：文件没有写死")] if answer.local else []
    if answer.source and not answer.source.source.verified:
        notes.append(_("出处未核实"))
    url = answer.source.source.url if answer.source else ""
    level = str(LEVEL_TITLES.get(answer.level, answer.level))
    return Wanted(key, title, spoken(parameter, answer.value), cited(answer.source, answer.local), url, level, tuple(notes), chain)


def _link(step: Said, key: str) -> tuple[str, str, str]:
    """(whose word, what it says, on what ground or why it doesn't hold)."""
    if step.value is None:
        return step.title, _("没有另外规定"), ""
    basis = cited(step.source, step.local)
    return step.title, spoken(packs().parameters[key], step.value), step.reason or basis
