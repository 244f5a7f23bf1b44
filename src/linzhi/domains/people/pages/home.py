"""人员: who lives where and who owns what, by address, a page at a time; or who has a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linzhi.domains.people import queries
from linzhi.domains.people.pages.frame import Asked, asked_of, base
from linzhi.domains.people.queries import roll
from linzhi.domains.people.rules import FIRM_KINDS, RESIDENCE_KINDS
from linzhi.kernel.refused import Refused
from linzhi.web.api import cursor_of, position_of
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50


@never_cache
def view(request: HttpRequest) -> HttpResponse:
    """The register of a place as of a day; a POST looks for a phone, so that no number stands in an address.

    Refused without a post, and elsewhere.
    """
    asked = asked_of(request)
    who, text = request.GET.get("who", ""), request.GET.get("q", "").strip()[:40]
    who = who if who in roll.WHO else ""
    found = roll.by_address(asked.powers, asked.place.path, who=who, text=text, on=asked.on, after=_after(request), count=PAGE)
    by_phone = _by_phone(request, asked) if request.method == "POST" else {}
    context = base(request, asked, "home") | {
        "rows": found.rows,
        "next": query(request.GET, after=cursor_of(*found.next)) if found.next else "",
        "begin": query(request.GET, after=None) if request.GET.get("after") else "",
        "values": {"who": who, "q": text, "phone": ""},
        "who": [
            ("", _("全部房屋")), ("lived", _("有人住的")), ("tenant", _("租住的")), ("owned", _("有业主的")),
            ("unowned", _("没有登记业主的住宅")),
        ],
        "tally": _tally(asked),
        "words": {"kind": RESIDENCE_KINDS, "firm": FIRM_KINDS},
        "several": asked.place.level not in ("estate", "building"),
        "may_add": asked.may("people.record_residents"),
        "may_own": asked.may("people.record_owners"),
        "searched": request.method == "POST",
        "found": [],
        "homes": {},
        "fault": "",
        **by_phone,
    }  # fmt: skip
    return page(request, "people/home.html", context, nav="people", status=422 if context["fault"] else 200)


def _by_phone(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    given = request.POST.get("phone", "").strip()[:20]
    try:
        found = queries.by_phone(asked.powers, given)
    except Refused as refusal:
        return {"fault": refusal.message, "values": {"who": "", "q": "", "phone": given}}
    return {"found": found, "homes": roll.homes_in(asked.powers, {one.pk for one in found})}


def _tally(asked: Asked) -> list[dict[str, object]]:
    figures = roll.totals(asked.place.path, asked.on)
    here = reverse("people:home") + query({}, place=asked.place.code, on=asked.on.isoformat() if asked.past else None)
    return [
        {
            "count": figures.households,
            "label": _("有人住的房屋"),
            "href": f"{here}&who=lived",
            "note": _("住宅 %(n)d 户") % {"n": figures.homes},
        },
        {"count": figures.residents, "label": _("登记住户"), "href": f"{here}&who=lived", "note": _("人")},
        {"count": figures.owners, "label": _("登记业主"), "href": f"{here}&who=owned", "note": _("个人，不算单位")},
        {"count": figures.unowned, "label": _("没有登记业主的住宅"), "href": f"{here}&who=unowned", "note": ""},
    ]


def _after(request: HttpRequest) -> Any:
    given: Any = request.GET.get("after", "")[:400]
    return tuple(position_of(given, str, int, str, int, int, str, int)) if given else None
