"""政策包: what applies at a place on a day, whose it is, on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.load import packs
from linzhi.policy.pack import Cited, Parameter
from linzhi.policy.queries import ENTERED_LEVELS, may_be_entered, pack_for
from linzhi.policy.resolve import Answer, find
from linzhi.policy.spoken import rows, spoken
from linzhi.web.asker import powers_of
from linzhi.web.render import page
from linzhi.web.words import day as day_words

A_PAGE = 40
SHOWS = ("", "local", "unverified", "unset")


@dataclass(frozen=True)
class Row:
    """One parameter as it applies: its value in words, and what each level says."""

    parameter: Parameter
    answer: Answer | None
    value: Any
    source: str
    marks: tuple[tuple[str, str], ...]
    chain: tuple[tuple[str, str, str], ...]


def view(request: HttpRequest) -> HttpResponse:
    """Every parameter at `?place=` (a code; the asker's own place unless given) on `?on=`; `?q=` searches, `?show=` narrows. For staff."""
    powers = powers_of(request)
    queries.require(powers, "desk.view_policy")
    place = _place(request.GET.get("place", "").strip(), queries.widest_path(powers, "desk.view_policy"))
    on, error = _day(request.GET.get("on", ""), day_of(powers.at))
    words = request.GET.get("q", "").strip()[:40]
    show = request.GET.get("show", "")
    pack = packs().by_name[pack_for(place.path)]
    every = [_row(parameter, pack.name, on) for parameter in packs().parameters.values()]
    found = [row for row in every if _matches(row, words) and _shown(row, show)]
    number = request.GET.get("page", "1")
    start = (int(number) - 1) * A_PAGE if number.isdecimal() and 0 < int(number) < 1000 else 0
    context = {
        "place": place,
        "line": [step.name for step in territory.line(place.path) if len(step.path) >= COUNTY_LENGTH],
        "places": _places(place),
        "pack": pack,
        "on": on,
        "error": error,
        "words": words,
        "show": show if show in SHOWS else "",
        "open_to": _open_to(powers, place, on),
        "rows": found[start : start + A_PAGE],
        "found": len(found),
        "start": start,
        "number": start // A_PAGE + 1,
        "more": start + A_PAGE < len(found),
        "total": len(every),
        "local": sum(row.answer is not None and row.answer.local for row in every),
    }
    return page(request, "desk/admin_policy.html", context, nav="policy")


def _place(code: str, widest: str) -> Territory:
    place = Territory.objects.filter(**({"code": code} if code else {"path": widest})).first()
    if place is None:
        raise NotFound(_("没有这个地方的编码。"))
    return place


def _open_to(powers: Powers, place: Territory, on: date) -> set[str]:
    """The keys that the asker may propose to change at this place."""
    if place.level not in ENTERED_LEVELS or not powers.decide("policy.propose_value", place):
        return set()
    return {parameter.key for parameter in may_be_entered(place.path, place.level, on)}


def _places(place: Territory) -> list[tuple[str, str]]:
    """The places to choose from: the county down to its streets, and the one that is shown."""
    county = place.path[:COUNTY_LENGTH]
    found = [(one.code, one.name) for level in ("county", "street") for one in territory.inside(county, level)]
    return found if any(code == place.code for code, _name in found) else [*found, (place.code, place.name)]


def _day(text: str, today: date) -> tuple[date, str]:
    try:
        return (date.fromisoformat(text) if text else today), ""
    except ValueError:
        return today, _("日期没看懂，先按今天显示。请填成 2026-11-20 这样。")


def _row(parameter: Parameter, pack: str, on: date) -> Row:
    answer = find(parameter.key, on=on, pack=pack)
    if answer is None:
        return Row(parameter, None, _("没有规定"), "", (("none", _("没有规定")),), ())
    marks = []
    if answer.local:
        marks.append(("warn", _("本地设定")))
    if answer.source is not None and not answer.source.source.verified:
        marks.append(("warn", _("出处未核实")))
    chain = tuple(
        (said.title, _("没有说") if said.value is None else spoken(parameter, said.value),
         (said.reason or _from(said.source, said.local, said.begin)) if said.value is not None else "")
        for said in answer.chain
    )  # fmt: skip
    whose = next((said.title for said in answer.chain if said.pack == answer.pack), answer.pack)
    source = _("%(pack)s：%(source)s") % {"pack": whose, "source": _from(answer.source, False, answer.begin)}
    return Row(parameter, answer, _in_words(parameter, answer.value), source, tuple(marks), chain)


def _from(source: Cited | None, local: bool, begin: date | None) -> str:
    since = _("%(day)s起") % {"day": day_words(begin)} if begin else ""
    if source is not None:
        return _("%(source)s，%(since)s") % {"source": source.words, "since": since}
    return _("本地设定，%(since)s") % {"since": since} if local else since


def _in_words(parameter: Parameter, value: Any) -> Any:
    """The value for people: a table as pairs, everything else as one line."""
    return rows(parameter, value) if isinstance(value, Mapping) else spoken(parameter, value)


def _matches(row: Row, words: str) -> bool:
    parameter = row.parameter
    text = " ".join((parameter.title, parameter.key, parameter.description, row.source, str(row.value)))
    return words.lower() in text.lower()


def _shown(row: Row, show: str) -> bool:
    if show == "unset":
        return row.answer is None
    if show == "local":
        return row.answer is not None and row.answer.local
    if show == "unverified":
        return row.answer is not None and row.answer.source is not None and not row.answer.source.source.verified
    return True
