"""更正申请: what residents say is wrong in their data, for those who answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linzhi.domains.desk import queries
from linzhi.domains.desk.pages.my_data_correct import ABOUT
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.rights import queries as rights
from linzhi.kernel.refused import NotAllowed
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """The open ones, the oldest first, or with `?show=answered` those that are done. Refused to those who answer none."""
    powers = powers_of(request)
    if not queries.holds_anywhere(powers, "rights.read_correction"):
        raise NotAllowed("rights.read_correction", powers.decide("rights.read_correction").reason)
    answered = request.GET.get("show") == "answered"
    found = rights.corrections(powers, answered=answered)
    names = accounts.names([one.account_id for one in found])
    rows = [(one, names.get(one.account_id, ""), ABOUT[one.about]) for one in found]
    return page(request, "desk/corrections.html", {"rows": rows, "answered": answered}, nav="corrections")
