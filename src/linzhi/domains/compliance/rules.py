"""How a check that isn't met is said: what it is now, what it should be. Pure functions, no person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.policy.checks import Check, Comparison
from linzhi.policy.judging import CANNOT_TELL, MET, NOT_APPLICABLE, NOT_MET, PENDING, Rule, colour
from linzhi.policy.load import packs
from linzhi.policy.metrics import NEVER, Value, metrics
from linzhi.policy.spoken import ROWS

PARTY_ROLES = ("party_officer", "street_party_officer", "county_party_officer", "branch_secretary")
GENERAL_ROLES = ("grid_worker", "community_worker", "street_dispatcher", "county_officer")


class Saying:
    """How one rule's findings are said; what doesn't depend on the subject is made once."""

    def __init__(self, rule: Rule) -> None:
        of_where = {name for part in rule.check.entry.where for name in part.figures()}
        deciding = {name for part in rule.check.parts for name in part.figures()}
        # The figures that decide, without those that only say whether the check applies.
        shown = [(at, name) for at, name in enumerate(rule.figures) if name in deciding or name not in of_where]
        # A flag only repeats what the title says.
        self._now = [(at, name, str(metrics()[name].title)) for at, name in shown if metrics()[name].kind != "flag"]
        self._title = rule.check.entry.title
        self._asks = requirement(rule)
        self._said: dict[tuple[Value, ...], str] = {}

    def words(self, values: tuple[Value, ...], name: str) -> str:
        """What a finding says: who, what is amiss, what it is now, what it should be. At most 300 characters."""
        rest = self._said.get(values)
        if rest is None:
            now = "，".join(f"{title} {said(figure, values[at])}" for at, figure, title in self._now)
            rest = self._said[values] = f"{self._title}。{now}，{self._asks}。" if now else f"{self._title}。"
        return f"{name}：{rest}"[:300]


def said(figure: str, value: Value) -> str:
    """A figure with its unit, in words."""
    metric = metrics()[figure]
    if value is None:
        return _("说不准（缺：%(needs)s）") % {"needs": metric.needs}
    if metric.kind == "flag":
        return _("是") if value else _("否")
    if metric.kind == "word":
        return word(str(value))
    if isinstance(value, date):
        return _("从未") if value == NEVER else value.isoformat()
    return f"{value} {metric.unit}".rstrip()


KINDS = {
    "residential": gettext_lazy("居民小区网格"), "commercial": gettext_lazy("商务楼宇网格"), "special": gettext_lazy("专门网格"),
    "micro": gettext_lazy("微网格"), "company": gettext_lazy("物业服务企业"), "self": gettext_lazy("业主自管"),
    "community_trust": gettext_lazy("社区托管"),
}  # fmt: skip


def word(code: str) -> str:
    """What a word of a register is called: a kind of grid or estate, who manages it; one that has no name here stays as it is."""
    estates = packs().parameters["estate.types"].shape.options or {}
    return str(KINDS.get(code) or estates.get(code) or ROWS.get(code, code))


def missing(rule: Rule, values: Sequence[Value]) -> list[str]:
    """What is missing where it can't be told, in words."""
    return [str(metrics()[figure].needs) for figure, value in zip(rule.figures, values, strict=True) if value is None]


def requirement(rule: Rule) -> str:
    """What the check asks, with the numbers that apply here."""
    said_ = {key: answer.value for key, answer in rule.answers.items() if answer is not None}
    every = rule.check.entry.mode is not None and said_.get(rule.check.entry.mode) in ("all", "max", "larger")
    return (_("，并且") if every else _("，或者")).join(_asks(part, said_) for part in rule.check.parts)


def _asks(part: Comparison, values: Mapping[str, Any]) -> str:
    def wanted(one: Any) -> Any:
        return values.get(one, _("（本地没有规定）")) if isinstance(one, str) else one

    unit = str(metrics()[part.metric].unit) if part.metric and part.metric in metrics() else ""
    if part.at_most == 0:
        return _("应当没有")
    if part.at_least is not None:
        return _("应不少于 %(n)s") % {"n": _unit(wanted(part.at_least), unit)}
    if part.at_most is not None:
        return _("应不多于 %(n)s") % {"n": _unit(wanted(part.at_most), unit)}
    if part.range is not None:
        return _("应在 %(a)s 至 %(b)s 之间") % {"a": wanted(part.range[0]), "b": _unit(wanted(part.range[1]), unit)}
    if part.among is not None:
        return _among(part, wanted(part.among))
    if part.ratio is not None:
        return _ratio(part, wanted)
    if part.cadence is not None:
        if part.cadence.days is not None:
            return _("应每 %(n)s 天至少一次") % {"n": wanted(part.cadence.days)}
        return _("应每 %(n)s 个月至少一次") % {"n": wanted(part.cadence.months)}
    if part.deadline is not None:
        return _("应在 %(day)s 之前") % {"day": wanted(part.deadline.by)}
    if part.precedes is not None:
        first, then = (str(metrics()[name].title) for name in part.figures())
        return _("%(first)s应在%(then)s之前") % {"first": first, "then": then}
    return _("应当没有")


def _among(part: Comparison, options: Any) -> str:
    metric = metrics().get(part.metric or "")
    listed = list(options) if isinstance(options, list | tuple) else [options]
    if metric is not None and metric.kind == "flag":
        return _("应当是") if listed[0] else _("应当不是")
    return _("应为%(options)s") % {"options": "、".join(word(str(one)) for one in listed)}


def _ratio(part: Comparison, wanted: Any) -> str:
    ratio = part.ratio
    assert ratio is not None
    bound = wanted(ratio.at_least if ratio.at_least is not None else ratio.at_most)
    some, whole = (metrics().get(name) for name in (ratio.part, ratio.whole))
    title = str(whole.title) if whole else ratio.whole
    if ratio.per == 1:
        sentence = _("应不少于%(whole)s的 %(n)s") if ratio.at_least is not None else _("应不多于%(whole)s的 %(n)s")
        return sentence % {"whole": title, "n": _share(bound)}
    sentence = _("每 %(per)s%(whole)s应不少于 %(n)s") if ratio.at_least is not None else _("每 %(per)s%(whole)s应不多于 %(n)s")
    counted = f"{ratio.per} {whole.unit}" if whole and str(whole.unit) else f"{ratio.per} "
    return sentence % {"per": counted, "whole": title, "n": _unit(bound, str(some.unit) if some else "")}


def _share(bound: Any) -> str:
    if isinstance(bound, Fraction) and 100 % bound.denominator == 0:
        return f"{bound.numerator * (100 // bound.denominator)}%"
    return str(bound)


def _unit(value: Any, unit: str) -> str:
    return f"{value} {unit}".rstrip()


Counts = Mapping[str, int]
STATE_WORDS = {
    MET: gettext_lazy("达到"), NOT_MET: gettext_lazy("未达到"), PENDING: gettext_lazy("还没到期限"), NOT_APPLICABLE: gettext_lazy("不适用"),
    CANNOT_TELL: gettext_lazy("说不准"), "x": gettext_lazy("已说明"),
}  # fmt: skip
COLOUR_KINDS = {"green": "ok", "amber": "warn", "red": "bad", "grey": "none", "plain": "none", "blue": "none"}
"""What the screens call a colour; its word stands beside it, since blue, grey and plain look alike there."""
_RANKS = ("bad", "warn", "none", "ok")


@dataclass(frozen=True)
class Stand:
    """How many subjects of a place stand how by one check. `red` aren't met without a reason on file, `hints` are what nobody owes.

    Of a listing only what is amiss is known: `of` is None then, unless somebody has counted what was struck off.
    """

    check: Check
    done: int
    of: int | None
    red: int
    amber: int
    unknown: int
    hints: int
    excused: int

    @property
    def kind(self) -> str:
        """ok, warn, bad or none: the worst that there is."""
        if self.red:
            return "bad"
        if self.amber:
            return "warn"
        return "none" if self.unknown or self.hints or self.of == 0 else "ok"

    @property
    def rank(self) -> int:
        """For finding the worst: 0 is red."""
        return _RANKS.index(self.kind)

    @property
    def asked(self) -> bool:
        """Whether anything is asked of anything here."""
        return self.of is None or self.of > 0

    @property
    def words(self) -> str:
        """The colour in words, with its number."""
        if self.red:
            return _("未达到 %(n)d") % {"n": self.red}
        if self.amber:
            return _("接近、未到期或已说明 %(n)d") % {"n": self.amber}
        if self.unknown:
            return _("说不准 %(n)d") % {"n": self.unknown}
        if self.hints:
            return _("还可以做 %(n)d") % {"n": self.hints}
        return _("不适用") if self.of == 0 else _("没有问题") if self.of is None else _("全部达到")


def stand_of(check: Check, counts: Counts) -> Stand:
    """The numbers of a tally, or a few of them summed, in the colours of a check."""
    said = {state: counts.get(state, 0) for state in (MET, NOT_MET, PENDING, CANNOT_TELL, "x")}
    not_met, excused = said[NOT_MET], min(said["x"], said[NOT_MET] + said[PENDING])
    hue = colour(check, NOT_MET)
    open_ = max(not_met - excused, 0)
    red = open_ if hue == "red" else 0
    amber = said[PENDING] + (not_met - open_) + (open_ if hue == "amber" else 0)
    hints = not_met if hue == "blue" else 0
    if hue == "blue":
        amber = said[PENDING]
    of = None if check.entry.none is not None else sum(said[state] for state in (MET, NOT_MET, PENDING, CANNOT_TELL))
    return Stand(check, said[MET], of, red, amber, said[CANNOT_TELL], hints, excused)
