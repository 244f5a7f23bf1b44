"""The list of cases: saved filters, conditions, a page of 25, and beside it the case that was chosen."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages import staff_filter
from linzhi.domains.requests.pages.act_fields import place_choices
from linzhi.domains.requests.pages.staff_case import pane
from linzhi.domains.requests.queries import OUTCOMES
from linzhi.flow import queries as flow
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page
from linzhi.web.words import day, due_standing, span

PAGE = 25
BULK = ("requests.dispatch", "requests.supervise", "requests.locate")


def view(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for, a page of it. Somebody who isn't signed in is asked to; without a post it is refused."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
    if not powers.grants:
        raise NotAllowed("requests.view_internal", powers.decide("requests.view_internal").reason)
    asked = staff_filter.asked(powers, request.GET)
    # One row more than is shown says whether there is a next page; nothing is counted for it.
    begin = (asked.page - 1) * PAGE
    rows = queries.lines(powers, asked.wanted, begin, PAGE + 1)
    shown = rows[:PAGE]
    here = query(request.GET, case=None)
    context = {
        "asked": asked,
        "rows": shown,
        "first": begin + 1,
        "last": begin + len(shown),
        "previous": query(request.GET, page=asked.page - 1 if asked.page > 2 else None, case=None) if asked.page > 1 else "",
        "next": query(request.GET, page=asked.page + 1, case=None) if len(rows) > PAGE else "",
        "here": here,
        "at": powers.at,
        "words": _in_words(shown, powers.at),
        **_chosen(request, powers),
        **_frame(powers, asked),
    }
    return page(request, "requests/staff_list.html", context, nav="requests")


def _in_words(rows: list[queries.Line], at: datetime) -> dict[int, tuple[str, str, str, str, str]]:
    """What a line says beside its own columns: place, step, who has it; how its limit stands and in words (of a closed one the day)."""
    labels = places.place_labels({row.path for row in rows})
    handlers = bodies.body_names(row.matter.handler_body_id for row in rows)
    said = {}
    for row in rows:
        matter = row.matter
        limit = ("", day(matter.closed_at, at)) if matter.closed_at else (due_standing(matter.next_due, at), span(matter.next_due, at))
        said[row.pk] = (labels.get(row.path, ""), step_words(row), handlers.get(matter.handler_body_id or 0, ""), *limit)
    return said


def step_words(row: Request | queries.Line) -> str:
    """Where a case stands, in a word or two: the outcome of a closed one, else the step."""
    matter = row.matter
    if matter.closed_at is not None:
        return str(OUTCOMES.get(matter.outcome, matter.outcome))
    return flow.step_title(matter.version_id, matter.step)


def _chosen(request: HttpRequest, powers: Powers) -> dict[str, Any]:
    """The case that stands beside the list; one that is out of sight by now is left out."""
    number = request.GET.get("case", "")
    if not number.isdigit():
        return {"c": None}
    try:
        case = queries.get(powers, int(number))
    except NotFound:
        return {"c": None}
    return {"c": pane(request, powers, case) | {"back": query(request.GET, case=None)}}


def _frame(powers: Powers, asked: staff_filter.Asked) -> dict[str, Any]:
    """Tabs, conditions and what may be done to many at once."""
    wanted = asked.wanted
    counts = queries.tab_counts(powers, powers.at, staff_filter.COUNTED)
    tabs = [
        {"label": label, "href": f"?tab={key}", "count": counts.get(key), "current": key == wanted.tab}
        for key, label in staff_filter.TABS.items()
        if key != "unlocated" or counts.get(key) or wanted.tab == key
    ]
    bulk = [code for code in BULK if staff_filter.holds_anywhere(powers, code)] if wanted.tab not in ("done", "unfixed") else []
    unlocated = wanted.tab == "unlocated" and "requests.locate" in bulk
    tops = staff_filter.tops(powers)
    return {
        "tabs": tabs,
        "places": staff_filter.place_options(powers),
        "categories": staff_filter.category_options(),
        "bodies": staff_filter.body_options(powers),
        "natures": staff_filter.nature_options(),
        "bulk": bulk,
        "bulk_key": uuid.uuid4(),
        "locate_places": place_choices(powers, tops[0][:COUNTY_LENGTH]) if unlocated and tops else [],
        "may_export": staff_filter.holds_anywhere(powers, "requests.export"),
        "may_record": staff_filter.holds_anywhere(powers, "requests.record"),
        "title": staff_filter.TABS[wanted.tab],
        "total": counts.get(wanted.tab) if not asked.narrowed else None,
    }
