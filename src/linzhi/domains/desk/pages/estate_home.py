"""An estate's home for residents: report, my own matters, notices, what neighbours reported, whom to call."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.notices import queries as notices
from linzhi.domains.people import queries as people
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries as requests
from linzhi.foundation.access.powers import Powers
from linzhi.web.asker import powers_of
from linzhi.web.render import page

MINE, NOTICES, NEIGHBOURS = 3, 3, 5


def view(request: HttpRequest, code: str) -> HttpResponse:
    """Show the estate; `?facility=` and `?building=` come from a QR code and go with the report."""
    estate = places.estate(code)
    if estate is None:
        raise Http404(_("没有找到这个小区。"))
    powers = powers_of(request)
    facility = places.facility(request.GET.get("facility", ""))
    building = next((one for one in places.buildings(estate) if one.code == request.GET.get("building")), None)
    if facility is not None and facility.estate_id != estate.pk:
        facility = None
    homes = _homes(powers, estate)
    context = {
        "estate": estate,
        "homes": homes,
        "facility": facility,
        "building": building or (facility.building if facility else None),
        "outlook": requests.promise_for(estate.path, powers.at).words,
        "mine": _mine(powers),
        "notices": notices.notices_for(estate.path, powers.at, limit=NOTICES),
        "neighbours": _neighbours(powers, estate),
        "people": cards(homes[0].path if homes else estate.path, powers),
        "at": powers.at,
    }
    return page(request, "desk/estate_home.html", context)


def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The short address on a facility's QR code: to the report form, with estate, building and facility known."""
    facility = places.facility(code)
    if facility is None:
        raise Http404(_("没有这个二维码。"))
    response = redirect("requests:report", facility.estate.code)
    response["Location"] += f"?facility={facility.code}"
    return response


def cards(path: str, powers: Powers) -> list[dict[str, object]]:
    """The cards of 找人: who holds a public post that reaches the place, with the post's phone and hours."""
    found = []
    for card in bodies.contacts(path, powers.at):
        firm = card.role == "property_handler"
        title = f"{card.body_name}{card.title}" if card.role == "community_worker" else card.title
        if card.role == "branch_secretary" and card.title == _("书记"):
            title = _("党支部书记")
        role = _("%(title)s（%(reach)s）") % {"title": title, "reach": card.reach} if card.reach else title
        found.append(
            {
                "role": card.body_name if firm else role,
                "name": card.name or _("暂缺"),
                "hours": card.hours,
                "phone": card.phone,
                "party": card.role == "branch_secretary",
            }
        )
    return found


def _homes(powers: Powers, estate: places.Estate) -> list[people.Home]:
    account_id = powers.actor.account_id
    return [home for home in people.homes_of(account_id, powers.at) if home.estate_id == estate.pk] if account_id is not None else []


def _mine(powers: Powers) -> dict[str, object] | None:
    """The newest of one's own, those that wait for one's word first; None for whoever isn't signed in."""
    if powers.actor.account_id is None:
        return None
    rows = requests.reported_by(powers.actor.account_id)
    newest = [(one, requests.state_of(one, own=True)) for one in rows[:20]]
    newest.sort(key=lambda pair: (pair[1].family != "turn", pair[1].family in ("done", "unfixed", "withdrawn")))
    return {"rows": newest[:MINE], "count": rows.count()}


def _neighbours(powers: Powers, estate: places.Estate) -> list[dict[str, object]]:
    rows = requests.public_in(powers, estate.path)[:NEIGHBOURS]
    return [{"request": one, "title": requests.public_title(one), "state": requests.state_of(one, own=False)} for one in rows]
