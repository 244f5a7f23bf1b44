"""报个事: is it one of these? Follow what is being done, reopen one's own, or report all the same."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries
from linzhi.domains.requests.commands import Follow, follow
from linzhi.domains.requests.pages.report_draft import Draft, ask, go, keep, look_for_alike, place_path, step
from linzhi.domains.requests.rules import public_text
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import resolve_at
from linzhi.web.asker import powers_of


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what is alike. Following needs an account; the draft waits while one signs in. What is over and isn't can be taken up again."""
    powers = powers_of(request)
    found = look_for_alike(powers, draft)
    if request.method == "POST" and request.POST.get("again"):
        draft.earlier = next((one.request.pk for one in found if str(one.request.pk) == request.POST["again"]), None)
        keep(request, draft)
        return go(draft, "alike")
    if request.method == "POST":
        chosen = next((one.request for one in found if str(one.request.pk) == request.POST.get("follow")), None)
        try:
            if chosen is None:
                raise Refused("requests.gone", _("这件事刚才有了变化，请再看看。"))
            follow(powers.actor, Follow(request_id=chosen.pk, say=draft.text[:500]), key=f"follow:{draft.id}:{chosen.pk}")
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            draft.sent = chosen.pk
            keep(request, draft)
            messages.success(request, _("跟进了。有了进展会告诉您。"))
            return redirect(reverse("requests:case", args=[chosen.pk]) + "?followed=1")
    rows = [_row(one, powers.actor.account_id) for one in found]
    days = resolve_at("request.alike.days", place_path(draft), day_of(powers.at)).value
    return ask(request, "alike", draft, rows=rows, days=days, place=_place(draft), signed_in=powers.actor.account_id is not None)


def _row(alike: queries.Alike, account_id: int | None) -> dict[str, object]:
    request = alike.request
    own = account_id is not None and request.reporter_id == account_id
    inside = request.path != estate_of(request.path)
    return {
        "request": request,
        "title": public_text(request.title),
        "here": alike.here,
        "own": own,
        "plate": places.place_label(request.path).rpartition(" ")[2] if inside else "",
        "state": queries.state_of(request, own=own),
        "open": request.matter is not None and request.matter.closed_at is None,
    }


def _place(draft: Draft) -> str:
    label = places.place_label(place_path(draft))
    return f"{label}　{draft.place_text}" if draft.place_text else label
