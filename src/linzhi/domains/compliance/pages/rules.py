"""本地规定: what waits to be approved, what a place has set itself, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.policy import entered, queries
from linzhi.policy.load import packs
from linzhi.policy.queries import ENTERED_LEVELS, EnteredValue
from linzhi.policy.spoken import spoken
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

VIEW, PROPOSE = "policy.view_value", "policy.propose_value"
A_PAGE = 40
MOST_PLACES = 400


@dataclass(frozen=True)
class Line:
    """One value or proposal, as a list shows it. `standing` is its kind and word."""

    row: EnteredValue
    title: str
    said: str
    place: str
    standing: tuple[str, str]


def view(request: HttpRequest) -> HttpResponse:
    """What waits for the asker, what `?place=` has set itself with its history, and every proposal around. For who looks after a place."""
    powers = powers_of(request)
    place = place_of(powers, request.GET.get("place", "")[:32])
    number = request.GET.get("page", "1")
    first = (max(int(number), 1) - 1) * A_PAGE if number.isdecimal() and len(number) < 5 else 0
    today = day_of(powers.at)
    rows = queries.proposals(powers, place.path, first=first, most=A_PAGE + 1)
    context = {
        "place": place,
        "places": places(powers, place),
        "waiting": lines(queries.waiting(powers), today),
        "own": lines(queries.history(place.path), today),
        "rows": lines(rows[:A_PAGE], today),
        "may_propose": place.level in ENTERED_LEVELS and bool(powers.decide(PROPOSE, place)),
        "total": queries.proposal_count(powers, place.path),
        "first": first + 1,
        "previous": query(request.GET, page=first // A_PAGE) if first else "",
        "next": query(request.GET, page=first // A_PAGE + 2) if len(rows) > A_PAGE else "",
        "today": today,
    }
    return page(request, "compliance/rules.html", context, nav="rules")


def place_of(powers: Powers, code: str, view: str = VIEW) -> Territory:
    """The place with this code, else the widest of the asker's own. Refused without a post that looks after one, and elsewhere."""
    tops = tops_of(powers, view)
    if not tops:
        raise NotAllowed(view, powers.decide(view).reason)
    own = min(tops, key=lambda path: (len(path), path))
    place = Territory.objects.filter(**({"code": code} if code else {"path": own})).first()
    if place is None or not powers.decide(view, place):
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    return place


def tops_of(powers: Powers, view: str) -> list[str]:
    """The places over which the asker holds an action."""
    roles = {rule.role for rule in action_of(view).rules}
    return [grant.path for role, held in powers.grants.items() if role in roles for grant in held]


def places(powers: Powers, place: Territory) -> list[tuple[str, str]]:
    """The places below the asker's posts that may have rules of their own, indented by level, for a select."""
    found: dict[str, str] = {}
    for top in sorted(set(tops_of(powers, VIEW))):
        for code, path, name in territory.outline(top, ENTERED_LEVELS, MOST_PLACES):
            found.setdefault(code, "　" * max((len(path) - COUNTY_LENGTH) // 5, 0) + name)
    return list(found.items()) if place.code in found else [(place.code, place.name), *found.items()]


def lines(rows: list[EnteredValue], today: date) -> list[Line]:
    """The rows in words, with the names of their places."""
    names = territory.names([row.path for row in rows])
    return [Line(row, title_of(row), said_of(row), names.get(row.path, ""), standing_of(row, today)) for row in rows]


def title_of(row: EnteredValue) -> str:
    """What the value is about; its key where the packs no longer have it."""
    parameter = packs().parameters.get(row.key)
    return parameter.title if parameter else row.key


def said_of(row: EnteredValue) -> str:
    """The value in words; as it was typed where it no longer fits its parameter."""
    parameter = packs().parameters.get(row.key)
    if row.kind == "end":
        return _("停用自己的规定")
    try:
        return spoken(parameter, entered.dated(row, parameter.shape, entered.document_of([row], "")).value) if parameter else row.value
    except ValueError:
        return row.value


def standing_of(row: EnteredValue, today: date) -> tuple[str, str]:
    """How far it is: waiting, to come, in force, over, not approved, taken back."""
    until = min((day for day in (row.end, row.stopped) if day), default=None)
    if row.state == "proposed":
        return "warn", _("等批准")
    if row.state == "rejected":
        return "none", _("没有批准")
    if row.state == "withdrawn":
        return "none", _("收回了")
    if row.begin > today:
        return "ok", _("已批准，还没到日子")
    if row.kind == "end":
        return "none", _("已停用")
    return ("none", _("不再用了")) if until and until <= today else ("ok", _("现在用的"))


def names_of(rows: list[EnteredValue]) -> dict[int, str]:
    """The names of those who proposed, approved and answered."""
    return accounts.names({who for row in rows for who in (row.proposed_by, row.approved_by, row.answered_by)})
