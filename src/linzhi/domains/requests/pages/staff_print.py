"""A case on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.staff_case import pane
from linzhi.domains.requests.pages.staff_story import clock_rows, dispatch_rows, story
from linzhi.kernel.refused import NotAllowed
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The case on A4, the contact masked; internal notes only with `?internal=1`, to those who may read them."""
    powers = powers_of(request)
    case = queries.get(powers, pk)
    if not powers.grants:
        raise NotAllowed("requests.print", powers.decide("requests.view_internal", case).reason)
    may = bool(powers.decide("requests.view_internal", case))
    internal = may and request.GET.get("internal") == "1"
    context = {
        "c": pane(request, powers, case), "may_internal": may, "internal": internal, "story": story(case, [], internal=internal),
        "clocks": clock_rows(case), "dispatches": dispatch_rows(case), "ratings": list(case.ratings.order_by("-round")),
    }  # fmt: skip
    return page(request, "requests/staff_print.html", context)
