"""Checks: what a jurisdiction asks of its estates, grids, communities and streets, as data. Read here, judged in `judging`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from linzhi.foundation.access.actions import all_roles
from linzhi.kernel.limits import Limit
from linzhi.policy.check import near
from linzhi.policy.load import packs, validated
from linzhi.policy.metrics import listings, metrics, subjects
from linzhi.policy.pack import Cited, Pack, Packs
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import remembered
from linzhi.policy.schema import Key, Reference, Shut, Slug, Text
from linzhi.policy.values import limit_text
from linzhi.policy.yaml_lines import Document, Place

Force = Literal["must", "in_principle", "target", "should", "encouraged", "explore"]
FORCES: Mapping[str, Any] = MappingProxyType(
    {"must": "应当", "in_principle": "原则上", "target": "力争", "should": "要求", "encouraged": "鼓励", "explore": "探索"}
)
SOFT = ("target",)
"""Not met is amber at once: the source itself calls it a goal."""
FREE = ("encouraged", "explore")
"""Never red, and no finding: nobody owes it."""

Then = Literal["met", "not_met", "pending", "not_applicable", "cannot_tell"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
Clause = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-\d{2}$")]


def _exact(raw: Any) -> Any:
    return Fraction(raw) if isinstance(raw, str) and "/" in raw else raw


Number = Annotated[Fraction | int, BeforeValidator(_exact)]
Wanted = Key | Number
"""A parameter's key, or a number that the source itself fixes."""


class Ratio(Shut):
    """`part` of `whole` (both figures), times `per`: at least 18 workers per 10,000 people."""

    part: Name
    whole: Name
    per: Annotated[int, Field(ge=1)] = 1
    at_least: Wanted | None = None
    at_most: Wanted | None = None

    @model_validator(mode="after")
    def _one(self) -> Ratio:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("ratio_needs_one_bound")
        return self


class Cadence(Shut):
    """The `last` time (a day) may be no longer ago than so many days or months."""

    last: Name
    days: Wanted | None = None
    months: Wanted | None = None

    @model_validator(mode="after")
    def _one(self) -> Cadence:
        if (self.days is None) == (self.months is None):
            raise ValueError("cadence_needs_days_or_months")
        return self


class Deadline(Shut):
    """`done` (a flag, or the day it was done) by a day. Before the day, what isn't done is pending."""

    done: Name
    by: Key | date


class Precedes(Shut):
    """`first` (a day) comes before `then` (a day); nothing is asked while `then` hasn't happened."""

    first: Name
    then: Name


class Comparison(Shut):
    """Exactly one comparison of figures with parameters."""

    metric: Name | None = None
    at_least: Wanted | None = None
    at_most: Wanted | None = None
    range: Annotated[list[Wanted], Field(min_length=2, max_length=2)] | None = None
    among: list[str | int] | Key | None = Field(default=None, alias="is")
    ratio: Ratio | None = None
    cadence: Cadence | None = None
    deadline: Deadline | None = None
    precedes: Precedes | None = None
    none: Name | None = None

    @property
    def kind(self) -> str:
        """Which comparison it is."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _single(self) -> Comparison:
        chosen = [name for name in KINDS if getattr(self, name) is not None]
        if len(chosen) != 1 and not getattr(self, "any_of", None):
            raise ValueError("one_comparison")
        if chosen and (chosen[0] in OF_A_METRIC) != (self.metric is not None):
            raise ValueError("metric_belongs_to_comparison")
        return self

    def figures(self) -> tuple[str, ...]:
        """The metrics it reads, in the order in which `judging` takes them."""
        if self.metric is not None:
            return (self.metric,)
        if self.ratio:
            return (self.ratio.part, self.ratio.whole)
        if self.cadence:
            return (self.cadence.last,)
        if self.deadline:
            return (self.deadline.done,)
        return (self.precedes.first, self.precedes.then) if self.precedes else ()

    def keys(self) -> tuple[str, ...]:
        """The parameters it reads."""
        said: list[Any] = [self.at_least, self.at_most, *(self.range or ()), self.among]
        said += [self.ratio.at_least, self.ratio.at_most] if self.ratio else []
        said += [self.cadence.days, self.cadence.months] if self.cadence else []
        said += [self.deadline.by] if self.deadline else []
        return tuple(one for one in said if isinstance(one, str))


OF_A_METRIC = ("at_least", "at_most", "range", "among")
KINDS = (*OF_A_METRIC, "ratio", "cadence", "deadline", "precedes", "none")


class Story(Shut):
    """Given these figures (what isn't named can't be told), on a day, the check says so. `rows` is what a listing finds."""

    given: dict[Name, int | bool | date | Text] = {}
    rows: Annotated[int, Field(ge=0)] | None = None
    pack: Slug | None = None
    on: date | None = None
    then: Then


class CheckEntry(Comparison):
    """One entry of `checks/<area>.yaml`. A pack below writes the same `check` to ask it differently."""

    check: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    title: Annotated[Text, Field(max_length=30)]
    subject: Slug
    any_of: Annotated[list[Comparison], Field(min_length=2, max_length=4)] | None = None
    mode: Key | None = None
    where: list[Comparison] = []
    force: Force
    owner: Slug
    within: Text
    door: Text
    remedy: Annotated[Text, Field(max_length=40)]
    source: Reference | None = None
    local: bool = False
    clauses: list[Clause] = []
    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    note: Text | None = None
    stories: list[Story] = []

    @model_validator(mode="after")
    def _whole(self) -> CheckEntry:
        if self.any_of is not None and any(getattr(self, name) is not None for name in KINDS):
            raise ValueError("one_comparison")
        if (self.source is None) != self.local:
            raise ValueError("no_source" if self.source is None else "source_and_local")
        return self


@dataclass(frozen=True)
class Check:
    """A check as a pack has it. `within` is the time from the day it is found."""

    entry: CheckEntry
    pack: str
    cited: Cited | None
    within: Limit
    document: Document
    place: Place

    @property
    def code(self) -> str:
        """Its one name."""
        return self.entry.check

    @property
    def basis(self) -> str:
        """On what it rests, in words; a local setting says so."""
        return self.cited.words if self.cited else str(_("本地设定"))

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons that decide, one or several."""
        return tuple(self.entry.any_of or [self.entry])

    @property
    def room(self) -> str:
        """`party` when any figure that it reads is of the closed room."""
        named = [metrics()[name].room for name in self.figures() if name in metrics()]
        named += [listings()[self.entry.none].room] if self.entry.none and self.entry.none in listings() else []
        return next((room for room in named if room), "")

    def figures(self) -> tuple[str, ...]:
        """Every metric that it reads, once."""
        return tuple(dict.fromkeys(name for part in (*self.entry.where, *self.parts) for name in part.figures()))

    def keys(self) -> tuple[str, ...]:
        """Every parameter that it reads, once."""
        said = [key for part in (*self.entry.where, *self.parts) for key in part.keys()]  # noqa: SIM118
        return tuple(dict.fromkeys([*said, *([self.entry.mode] if self.entry.mode else [])]))

    def covers(self, on: date) -> bool:
        """Whether it is asked on the day."""
        return self.entry.begin <= on and (self.entry.end is None or on < self.entry.end)


def checks_in(pack: Pack, loaded: Packs) -> tuple[dict[str, Check], list[Problem]]:
    """The checks written in one pack, with what is wrong in them."""
    found: dict[str, Check] = {}
    problems: list[Problem] = []
    known = {id: source for step in loaded.chain(pack.name) for id, source in step.sources.items()}
    for document in pack.documents:
        if document.path.parent.name != "checks":
            continue
        if not isinstance(document.data, list):
            problems.append(document.problem((), _("这个文件应当是检查项的列表。")))
            continue
        for number, item in enumerate(document.data):
            entry = validated(CheckEntry, document, item, (number,), problems)
            if entry is None:
                continue
            wrong = _wrong(entry, pack, loaded, known, document, (number,))
            if entry.check in found:
                wrong.append(document.problem((number, "check"), _("检查项“%(code)s”写了两处。") % {"code": entry.check}))
            problems += wrong
            if not wrong:
                cited = Cited(known[entry.source.split("#", 1)[0]], entry.source.split("#", 1)[1]) if entry.source else None
                limit = Limit.parse(limit_text(entry.within))
                found[entry.check] = Check(entry, pack.name, cited, limit, document, (number,))
    return found, problems


def _wrong(entry: CheckEntry, pack: Pack, loaded: Packs, known: Mapping[str, Any], document: Document, at: Place) -> list[Problem]:
    """What a check names that doesn't exist: a subject, a figure, a parameter, a source; a limit without a unit."""
    said: list[tuple[str, str]] = []
    if entry.subject not in subjects():
        said.append(("subject", _unknown(_("对象"), entry.subject, list(subjects()))))
    parts = [*entry.where, *(entry.any_of or [entry])]
    for name in (name for part in parts for name in part.figures()):
        if name not in metrics():
            said.append(("metric", _unknown(_("指标"), name, list(metrics()))))
        elif metrics()[name].subject != entry.subject:
            said.append(("metric", _("指标“%(name)s”说的不是“%(subject)s”。") % {"name": name, "subject": entry.subject}))
    if entry.owner not in all_roles():
        said.append(("owner", _unknown(_("角色"), entry.owner, list(all_roles()))))
    if entry.none is not None and entry.none not in listings():
        said.append(("none", _unknown(_("清单"), entry.none, list(listings()))))
    above = {step.name for step in loaded.chain(pack.name)}
    for key in (key for part in parts for key in part.keys()):  # noqa: SIM118
        if key not in loaded.parameters or loaded.parameters[key].pack not in above:
            said.append(("", _unknown(_("参数"), key, list(loaded.parameters))))
    if entry.source is not None:
        id, article = entry.source.split("#", 1)
        source = known.get(id)
        if source is None or (source.articles and article not in source.articles):
            said.append(("source", _source_complaint(id, article, source)))
    try:
        limit_text(entry.within)
    except ValueError as error:
        said.append(("within", f"{error}。"))
    return [document.problem((*at, part) if part else at, sentence) for part, sentence in said]


def _source_complaint(id: str, article: str, source: Any) -> str:
    if source is None:
        return _("没有登记过来源“%(id)s”。") % {"id": id}
    return _("来源“%(id)s”没有“%(article)s”这一条。") % {"id": id, "article": article}


def _unknown(what: str, name: str, known: list[str]) -> str:
    alike = near(name, known)
    sentence = _("没有“%(name)s”这个%(what)s。") % {"name": name, "what": what}
    return sentence + (_("是不是：%(alike)s？") % {"alike": "、".join(alike)} if alike else "")


@remembered
def shipped_checks(pack: str) -> Mapping[str, Check]:
    """The checks that a place with this pack has, by name: the nearest pack's where several have one of the name."""
    reachable: dict[str, Check] = {}
    for step in packs().chain(pack):
        found, problems = checks_in(step, packs())
        if problems:
            raise PacksRefused(tuple(problems))
        reachable |= found
    return MappingProxyType(reachable)


__all__ = ["FORCES", "FREE", "SOFT", "Check", "CheckEntry", "Comparison", "checks_in", "shipped_checks"]
