"""The handbook of a place as a file: HTML or Word."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.compliance.pages import rules
from linzhi.domains.compliance.pages.rules_book import as_html, book_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.manual_word import as_word
from linzhi.policy.queries import pack_for
from linzhi.web.asker import powers_of

TYPES = {"html": "text/html; charset=utf-8", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def view(request: HttpRequest, kind: str) -> HttpResponse:
    """What applies at `?place=` on `?on=` (today). Refused without a post that looks after a place, and for a day that isn't one."""
    powers = powers_of(request)
    place = rules.place_of(powers, request.GET.get("place", "")[:32])
    try:
        given = request.GET.get("on", "")
        on = date.fromisoformat(given) if given else day_of(powers.at)
    except ValueError:
        raise Refused("policy.day", _("日期没看懂，请填成 2026-11-20 这样。"), status=422) from None
    book = book_of(pack_for(place.path), place.name, on)
    content = as_html(book).encode() if kind == "html" else as_word(book)
    name = quote(f"{book.title}-{on.isoformat()}.{kind}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
