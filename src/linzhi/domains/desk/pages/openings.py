"""谁看过我的信息: every opening of one's own sealed data, by whom, when and for what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy.queries import openings_of
from linzhi.web.asker import powers_of
from linzhi.web.render import page

FIELDS = {"contact": _("联系方式"), "phone": _("电话"), "name": _("姓名"), "address": _("住址"), "text": _("原文")}


def view(request: HttpRequest) -> HttpResponse:
    """The list, newest first. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    rows = []
    for one in openings_of(actor):
        kind, _dot, pk = one.subject.partition(":")
        href = reverse("requests:case", args=[int(pk)]) if kind == "requests.request" and pk.isdigit() else ""
        rows.append({"opening": one, "field": FIELDS.get(one.field, one.field), "href": href})
    return page(request, "desk/openings.html", {"rows": rows})
