"""Campaigns (销号行动) as data: which checks a jurisdiction wants struck off by when, with the milestones of its own document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, model_validator

from linzhi.kernel.limits import Limit
from linzhi.kernel.worktime import WorkCalendar, due
from linzhi.policy.check import near
from linzhi.policy.checks import Check, checks_in
from linzhi.policy.load import packs, validated
from linzhi.policy.pack import Cited, Pack, Packs
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import remembered
from linzhi.policy.resolve import find
from linzhi.policy.schema import Key, Reference, Shut, Slug, Text
from linzhi.policy.values import limit_text
from linzhi.policy.yaml_lines import Document, Place

FOLDER = "campaigns"
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class MilestoneEntry(Shut):
    """By when some checks are to be met: a `day`, a parameter (`by`, with `row` of a table), or so long after the opening (`within`).

    `uncounted` says, instead of checks, what nobody can count yet.
    """

    title: Annotated[Text, Field(max_length=40)]
    day: date | None = None
    by: Key | None = None
    row: Slug | None = None
    within: Text | None = None
    checks: list[Code] = []
    uncounted: Annotated[Text, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> MilestoneEntry:
        if sum(one is not None for one in (self.day, self.by, self.within)) != 1:
            raise ValueError(_("每个阶段写一个日期，而且只写一个：day、by 或 within。"))
        if bool(self.checks) == (self.uncounted is not None):
            raise ValueError(_("每个阶段写数哪几项（checks），或者写为什么还数不了（uncounted），二者取一。"))
        return self


class CampaignEntry(Shut):
    """One entry of `campaigns/<name>.yaml`."""

    campaign: Code
    title: Annotated[Text, Field(max_length=60)]
    checks: Annotated[list[Code], Field(min_length=1)]
    milestones: Annotated[list[MilestoneEntry], Field(min_length=1)]
    source: Reference | None = None
    local: bool = False
    note: Text | None = None

    @model_validator(mode="after")
    def _sourced(self) -> CampaignEntry:
        if (self.source is None) != self.local:
            raise ValueError("no_source" if self.source is None else "source_and_local")
        return self


@dataclass(frozen=True)
class Campaign:
    """A campaign as a pack has it."""

    entry: CampaignEntry
    pack: str
    cited: Cited | None

    @property
    def code(self) -> str:
        """Its one name."""
        return self.entry.campaign

    @property
    def basis(self) -> str:
        """On what it rests, in words; a local setting says so."""
        return f"{self.cited.source.title} {self.cited.article}" if self.cited else str(_("本地设定"))

    def day_of(self, milestone: MilestoneEntry, pack: str, opened: datetime, calendar: WorkCalendar) -> date | None:
        """The day of a milestone where the pack applies and the campaign opened then; None where its parameter isn't set."""
        if milestone.day is not None:
            return milestone.day
        if milestone.within is not None:
            end = due(opened, Limit.parse(limit_text(milestone.within)), calendar).at
            return end.date() if end else None
        assert milestone.by is not None
        answer = find(milestone.by, on=opened.date(), pack=pack)
        value: Any = answer.value if answer else None
        value = value.get(milestone.row) if isinstance(value, Mapping) else value
        return value if isinstance(value, date) else None


def campaigns_in(pack: Pack, loaded: Packs) -> tuple[dict[str, Campaign], list[Problem]]:
    """The campaigns written in one pack, with what is wrong in them."""
    found: dict[str, Campaign] = {}
    problems: list[Problem] = []
    chain = loaded.chain(pack.name)
    known = {id: source for step in chain for id, source in step.sources.items()}
    checks: dict[str, Check] = {}
    for document in pack.documents:
        if document.path.parent.name != FOLDER:
            continue
        for step in chain if not checks else ():
            checks |= checks_in(step, loaded)[0]
        if not isinstance(document.data, list):
            problems.append(document.problem((), _("这个文件应当是销号行动的列表。")))
            continue
        for number, item in enumerate(document.data):
            entry = validated(CampaignEntry, document, item, (number,), problems)
            if entry is None:
                continue
            wrong = _wrong(entry, checks, known, loaded, {step.name for step in chain}, document, (number,))
            if entry.campaign in found:
                wrong.append(document.problem((number, "campaign"), _("销号行动“%(code)s”写了两处。") % {"code": entry.campaign}))
            problems += wrong
            if not wrong:
                cited = Cited(known[entry.source.split("#", 1)[0]], entry.source.split("#", 1)[1]) if entry.source else None
                found[entry.campaign] = Campaign(entry, pack.name, cited)
    return found, problems


def _wrong(
    entry: CampaignEntry, checks: Mapping[str, Check], known: Mapping[str, Any], loaded: Packs, above: set[str],
    document: Document, at: Place,
) -> list[Problem]:  # fmt: skip
    """What a campaign names that doesn't exist: a check, a parameter of days, a source."""
    said: list[tuple[Place, str]] = []
    for number, code in enumerate(entry.checks):
        if code not in checks:
            said.append((("checks", number), _unknown(_("检查项"), code, list(checks))))
    for number, one in enumerate(entry.milestones):
        place: Place = ("milestones", number)
        for code in one.checks:
            if code not in entry.checks:
                said.append(((*place, "checks"), _unknown(_("检查项"), code, entry.checks)))
        if one.by is not None and (fault := _no_day(one, loaded, above)):
            said.append(((*place, "by"), fault))
        if one.within is not None:
            try:
                limit_text(one.within)
            except ValueError as error:
                said.append(((*place, "within"), f"{error}。"))
    if entry.source is not None:
        id, article = entry.source.split("#", 1)
        source = known.get(id)
        if source is None or (source.articles and article not in source.articles):
            said.append((("source",), _("没有登记过“%(article)s”这个出处。") % {"article": entry.source}))
    return [document.problem((*at, *place), sentence) for place, sentence in said]


def _no_day(milestone: MilestoneEntry, loaded: Packs, above: set[str]) -> str:
    """Why a milestone's parameter isn't a day, or an empty string."""
    key = milestone.by or ""
    parameter = loaded.parameters.get(key)
    if parameter is None or parameter.pack not in above:
        return _unknown(_("参数"), key, list(loaded.parameters))
    kind = parameter.shape.of if milestone.row else parameter.shape.type
    return "" if kind == "date" else _("“%(key)s”不是日期。") % {"key": key}


def _unknown(what: str, name: str, known: list[str]) -> str:
    alike = near(name, known)
    sentence = _("没有“%(name)s”这个%(what)s。") % {"name": name, "what": what}
    return sentence + (_("是不是：%(alike)s？") % {"alike": "、".join(alike)} if alike else "")


@remembered
def shipped_campaigns(pack: str) -> Mapping[str, Campaign]:
    """The campaigns that a place with this pack can open, by name. Raises PacksRefused for spoiled files."""
    reachable: dict[str, Campaign] = {}
    for step in packs().chain(pack):
        found, problems = campaigns_in(step, packs())
        if problems:
            raise PacksRefused(tuple(problems))
        reachable |= found
    return MappingProxyType(reachable)
