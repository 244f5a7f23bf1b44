"""What the screens of 人员 share: which place, as of which day, the tabs, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.places import queries as places
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ESTATE_LENGTH, covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query

WORK = "people.record_residents"
ROOM = "people.view_memberships"
MOST_PLACES = 400
LEVELS = ("county", "street", "community", "estate")


@dataclass(frozen=True)
class Asked:
    """A screen as asked for: who asks, which place, as of which day (`past` when it isn't today), by which action it is seen."""

    powers: Powers
    place: Territory
    on: date
    past: bool
    view: str

    def may(self, code: str, obj: Any = None) -> bool:
        """Whether the asker may do this here, and today (what was is only read)."""
        return not self.past and bool(self.powers.decide(code, obj or self.place))

    def require(self, code: str, obj: Any = None) -> None:
        """Refused when the asker may not do this here."""
        decision = self.powers.decide(code, obj or self.place)
        if not decision:
            raise NotAllowed(code, decision.reason)


def asked_of(request: HttpRequest, view: str = WORK, *, code: str = "") -> Asked:
    """The place that the address names (else the widest of the asker's own) and the day. Refused to nobody's and for places elsewhere."""
    powers = powers_of(request)
    tops = tops_of(powers, view)
    if not tops:
        raise NotAllowed(view, powers.decide(view).reason)
    given = code or request.GET.get("place", "")[:32]
    place = locate(given) if given else Territory.objects.get(path=min(tops, key=lambda path: (len(path), path)))
    if not powers.decide(view, place):
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    today = day_of(powers.at)
    on = day_given(request.GET.get("on", "")) or today
    return Asked(powers, place, min(on, today), on < today, view)


def tops_of(powers: Powers, view: str) -> list[str]:
    """The widest places over which the asker holds an action."""
    roles = {rule.role for rule in action_of(view).rules}
    paths = {grant.path for role, held in powers.grants.items() if role in roles for grant in held}
    return sorted(path for path in paths if not any(covers(other, path) and other != path for other in paths))


def day_given(text: str) -> date | None:
    """A day from an address, None where it isn't one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def options(asked: Asked, levels: tuple[str, ...] = LEVELS) -> list[tuple[str, str]]:
    """The places below the asker's posts, indented by level, for a select."""
    found: list[tuple[str, str]] = []
    for top in tops_of(asked.powers, asked.view):
        if len(top) > ESTATE_LENGTH:  # a grid may be made of single buildings
            found += [(code, places.place_label(path)) for code, path, _name in territory.outline(top, ("building",), 1)]
            continue
        rows = territory.outline(top, levels, MOST_PLACES - len(found))
        found += [(code, "　" * max((len(path) - len(top)) // 5, 0) + name) for code, path, name in rows]
    if asked.place.code not in dict(found):
        found.insert(0, (asked.place.code, asked.place.name))
    return found


def base(request: HttpRequest, asked: Asked, current: str) -> dict[str, Any]:
    """The context of every list: place, day, tabs, the addresses of the same list elsewhere."""
    here = query({}, place=asked.place.code)
    tabs = [
        ("home", _("住户和业主"), "people:home", WORK), ("alike", _("疑似重复"), "people:alike", "people.keep_apart"),
        ("surveys", _("摸排"), "people:surveys", "people.view_survey"), ("skills", _("能人库"), "people:skills", WORK),
        ("check_ins", _("报到"), "people:check_ins", "people.view_check_ins"), ("members", _("党员名册"), "people:members", ROOM),
    ]  # fmt: skip
    return {
        "asked": asked,
        "place": asked.place,
        "on": asked.on,
        "here": here,
        "tabs": [
            {"label": label, "href": reverse(name) + here, "count": None, "current": key == current}
            for key, label, name, view in tabs
            if asked.powers.decide(view, asked.place)
        ],
        "places": options(asked),
        "at": asked.powers.at,
    }
