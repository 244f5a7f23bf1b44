"""谁看过我的信息: every opening of one's own sealed data, by whom, when and for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.privacy.queries import openings_of
from linzhi.web.asker import powers_of
from linzhi.web.render import page

LINKS = {"requests.request": "requests:case"}


@dataclass(frozen=True)
class Look:
    """One look at one thing: who (empty for oneself), at what, why, and where the thing is shown."""

    at: datetime
    who: str
    what: str
    purpose: str
    href: str


def view(request: HttpRequest) -> HttpResponse:
    """The list, newest first. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    looks = []
    for _key, together in groupby(openings_of(actor), key=lambda one: (one.at, one.actor, one.purpose, _thing(one, actor.key))):
        looks.append(_look(list(together), own=actor.key))
    return page(request, "desk/openings.html", {"looks": looks})


def _look(openings: list[Opening], own: str) -> Look:
    first = openings[0]
    kind, _colon, pk = first.subject.partition(":")
    own_look = first.actor == own  # an export of one's own: one look at everything
    href = reverse(LINKS[kind], args=[int(pk)]) if kind in LINKS and pk.isdigit() and not own_look else ""
    what = "、".join(dict.fromkeys(personal.what(one.subject.partition(":")[0], one.field) for one in reversed(openings)))
    return Look(first.at, "" if own_look else first.actor_name or _("平台的程序"), what, first.purpose, href)


def _thing(opening: Opening, own: str) -> str:
    return "" if opening.actor == own else opening.subject
