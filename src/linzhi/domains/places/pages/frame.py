"""What every screen of 底数 shares: which place, as of which day, the tabs, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places.commands.places import place as find_place
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.history import Stood, line_on
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, covers, estate_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query

VIEW = "places.view_register"
MOST_PLACES = 400


@dataclass(frozen=True)
class Asked:
    """A screen as asked for: who asks, which place, as of which day (`past` when it isn't today)."""

    powers: Powers
    place: Territory
    on: date
    past: bool

    @property
    def line(self) -> list[Stood]:
        """The places from the county down to this one, as they were on the day."""
        return [step for step in line_on(self.place.path, self.on) if len(step.now) >= COUNTY_LENGTH]

    def sees(self, step: Stood) -> bool:
        """Whether the asker's own places hold this one."""
        return bool(self.powers.decide(VIEW, Territory(path=step.now)))

    def may(self, code: str, obj: Any = None) -> bool:
        """Whether the asker may do this here, and today (what was is only read)."""
        return not self.past and bool(self.powers.decide(code, obj or self.place))


def asked_of(request: HttpRequest, *, code: str = "") -> Asked:
    """The place that the address names (else the widest of the asker's own) and the day. Refused to nobody's and for places elsewhere."""
    powers = powers_of(request)
    tops = _tops(powers)
    if not tops:
        raise NotAllowed(VIEW, powers.decide(VIEW).reason)
    given = code or request.GET.get("place", "")[:32]
    place = find_place(given) if given else _place(min(tops, key=lambda path: (len(path), path)))
    if not powers.decide(VIEW, place) and place.path not in tops:
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    today = day_of(powers.at)
    on = _day(request.GET.get("on", "")) or today
    return Asked(powers, place, min(on, today), on < today)


def _place(path: str) -> Territory:
    return Territory.objects.get(path=path)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def options(asked: Asked) -> list[tuple[str, str]]:
    """The places below the asker's posts, indented by level, for a select."""
    found: list[tuple[str, str]] = []
    for top in _tops(asked.powers):
        rows = territory.outline(top, ("county", "street", "community", "estate"), MOST_PLACES - len(found))
        found += [(code, "　" * ((len(path) - len(top)) // 5) + name) for code, path, name in rows]
    if asked.place.code not in dict(found):
        found.insert(0, (asked.place.code, asked.place.name))
    return found


def _tops(powers: Powers) -> list[str]:
    """The widest places of the asker's posts; of some buildings only, their estate, whose own facts are public."""
    roles = {rule.role for rule in action_of(VIEW).rules}
    paths = {estate_of(grant.path) or grant.path for role, held in powers.grants.items() if role in roles for grant in held}
    return sorted(path for path in paths if not any(covers(other, path) and other != path for other in paths))


def base(request: HttpRequest, asked: Asked, current: str) -> dict[str, Any]:
    """The context of every list: place, day, tabs, the addresses of the same list elsewhere."""
    here = query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    tabs = [
        ("home", _("小区"), "places:home"), ("dwellings", _("房屋"), "places:dwellings"), ("grids", _("网格"), "places:grids"),
        ("venues", _("阵地"), "places:venues"), ("spaces", _("闲置空间"), "places:spaces"),
        ("divisions", _("区划"), "places:divisions"),
    ]  # fmt: skip
    return {
        "asked": asked,
        "place": asked.place,
        "on": asked.on,
        "here": here,
        "tabs": [{"label": label, "href": reverse(name) + here, "count": None, "current": key == current} for key, label, name in tabs],
        "places": options(asked),
        "at": asked.powers.at,
    }
