"""公告: what hangs on an estate's board."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.notices import queries as notices
from linzhi.domains.places import queries as places
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def listed(request: HttpRequest, code: str) -> HttpResponse:
    """The notices that reach an estate, newest first."""
    estate = places.estate(code)
    if estate is None:
        raise Http404(_("没有找到这个小区。"))
    return page(
        request, "desk/notices.html", {"estate": estate, "notices": notices.notices_for(estate.path, powers_of(request).at, limit=50)}
    )


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; a withdrawn one says why instead of its text."""
    found = notices.notice(pk)
    if found is None or found.published_at > powers_of(request).at:
        raise Http404(_("没有这条公告。"))
    return page(request, "desk/notice.html", {"notice": found, "place": places.place_label(found.path)})
