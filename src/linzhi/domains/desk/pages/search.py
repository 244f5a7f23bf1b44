"""全站查找: a number, a title or an address among what the asker may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries as requests
from linzhi.kernel import clock
from linzhi.web.asker import powers_of
from linzhi.web.render import page

MOST = 50


def view(request: HttpRequest) -> HttpResponse:
    """Requests and estates that fit the words; nothing for under two characters."""
    powers = powers_of(request)
    words = request.GET.get("q", "").strip()[:60]
    found, estates = [], []
    if len(words) >= 2:
        wanted = requests.Filter(at=clock.now(), tab="all", words=words)
        found = list(requests.listed(powers, wanted)[:MOST])
        estates = [estate for estate in places.estates(powers) if words in estate.name][:MOST]
    context = {"words": words, "found": found, "estates": estates, "labels": places.place_labels({r.path for r in found})}
    return page(request, "desk/search.html", context)
