"""What every screen of 组织和岗位 shares: which place, as of which day, the tabs, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies.rules import BODY_KINDS, PARTY_KINDS, SOURCES_KEY
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import history
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.history import Stood, line_on
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, covers
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.policy.load import packs
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query

VIEW = "bodies.view_register"
LEVELS = ("county", "street", "community", "estate")
MOST_PLACES = 400
PARTY = ("party_office", *PARTY_KINDS)
GOVERNMENT = ("county_office", "department", "street_office")
SELF_GOVERNMENT = ("residents_committee", "owners_assembly", "owners_committee", "management_committee", "supervision_committee")
LINES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "government": (gettext_lazy("政府"), GOVERNMENT),
    "party": (gettext_lazy("党组织"), PARTY),
    "self": (gettext_lazy("自治"), SELF_GOVERNMENT),
    "service": (gettext_lazy("服务和共建"), tuple(kind for kind in BODY_KINDS if kind not in (*GOVERNMENT, *PARTY, *SELF_GOVERNMENT))),
}
TABS = (
    ("home", gettext_lazy("组织"), "bodies:home", VIEW),
    ("formations", gettext_lazy("党组织组建"), "bodies:formations", "bodies.view_formation"),
    ("filings", gettext_lazy("备案"), "bodies:filings", "bodies.view_filing"),
    ("candidates", gettext_lazy("业委会候选人"), "bodies:candidates", "bodies.review_candidate"),
)


@dataclass(frozen=True)
class Asked:
    """A screen as asked for: who asks, which place, as of which day (`past` when it isn't today)."""

    powers: Powers
    place: Territory
    on: date
    past: bool
    view: str = VIEW

    @property
    def at(self) -> datetime:
        """The moment shown: now, or the end of a past day."""
        return datetime.combine(self.on, time.max, BEIJING) if self.past else self.powers.at

    @property
    def line(self) -> list[Stood]:
        """The places from the county down to this one, as they were on the day."""
        return [step for step in line_on(self.place.path, self.on) if len(step.now) >= COUNTY_LENGTH]

    def sees(self, step: Stood) -> bool:
        """Whether the asker's own places hold this one."""
        return bool(self.powers.decide(self.view, Territory(path=step.now)))

    def may(self, code: str, obj: Any = None) -> bool:
        """Whether the asker may do this here, and today (what was is only read)."""
        return not self.past and bool(self.powers.decide(code, obj or self.place))


def tops_of(powers: Powers, view: str) -> list[str]:
    """The places over which the asker holds a role that may `view`, without those that lie inside another."""
    roles = {rule.role for rule in action_of(view).rules}
    paths = {grant.path for role, held in powers.grants.items() if role in roles for grant in held}
    return sorted(path for path in paths if not any(covers(other, path) and other != path for other in paths))


def asked_of(request: HttpRequest, view: str = VIEW, *, path: str = "") -> Asked:
    """The place of `path` or of the address (else the widest of the asker's own) and the day. Refused to nobody's and elsewhere."""
    powers = powers_of(request)
    tops = tops_of(powers, view)
    if not tops:
        raise NotAllowed(view, powers.decide(view).reason)
    given = request.GET.get("place", "")[:32]
    if path:
        # A body that sits above the asker's own place is shown from that place.
        place = Territory.objects.filter(path=path).first()
    else:
        place = history.find(given) if given else Territory.objects.get(path=min(tops, key=lambda top: (len(top), top)))
    if place is None or not powers.decide(view, place):
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    today = day_of(powers.at)
    on = _day(request.GET.get("on", "")) or today
    return Asked(powers, place, min(on, today), on < today, view)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def must(asked: Asked, code: str, obj: Any = None) -> None:
    """Refused unless the asker may do this here; for a page that writes."""
    decision = asked.powers.decide(code, obj or asked.place)
    if not decision:
        raise NotAllowed(code, decision.reason)


def options(asked: Asked) -> list[tuple[str, str]]:
    """The places below the asker's posts, indented by level, for a select."""
    found: list[tuple[str, str]] = []
    for top in tops_of(asked.powers, asked.view):
        rows = territory.outline(top, LEVELS, MOST_PLACES - len(found))
        found += [(code, "　" * ((len(path) - len(top)) // 5) + name) for code, path, name in rows]
    if asked.place.code not in dict(found):
        found.insert(0, (asked.place.code, asked.place.name))
    return found


def base(request: HttpRequest, asked: Asked, current: str) -> dict[str, Any]:
    """The context of every list: place, day, the tabs that the asker may open, the addresses of the same list elsewhere."""
    here = query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    seen = [tab for tab in TABS if asked.powers.decide(tab[3], asked.place)]
    return {
        "asked": asked,
        "place": asked.place,
        "on": asked.on,
        "at": asked.powers.at,
        "here": here,
        "tabs": [{"label": label, "href": reverse(name) + here, "current": key == current} for key, label, name, _view in seen],
        "places": options(asked),
        "list_name": next(name for key, _label, name, _view in TABS if key == current),
    }


def sources() -> dict[str, str]:
    """Where a secretary may come from: every known source, code to title."""
    return {code: str(title) for code, title in (packs().parameters[SOURCES_KEY].shape.options or {}).items()}


def moment(day: date | None) -> datetime | None:
    """A day as the moment at which it begins; None for None."""
    return None if day is None else datetime.combine(day, time(), BEIJING)


def last_day(end: datetime | None) -> date | None:
    """The last day of what ends at a moment."""
    return None if end is None else day_of(end - timedelta(microseconds=1))


def pager(request: HttpRequest, total: int, size: int) -> tuple[int, dict[str, Any]]:
    """Where the asked page begins, and what the links below a list need."""
    number = request.GET.get("page", "1")
    first = (max(int(number), 1) - 1) * size if number.isdigit() and len(number) < 5 else 0
    return first, {
        "first": first + 1,
        "last": min(first + size, total),
        "total": total,
        "previous": query(request.GET, page=first // size) if first else "",
        "next": query(request.GET, page=first // size + 2) if first + size < total else "",
    }


def kinds_of(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Kinds of bodies as choices."""
    return [(code, BODY_KINDS[code].title) for code in codes]
