"""通知: one's own messages."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from linzhi.foundation.notify import queries as notify
from linzhi.foundation.notify.commands import MarkAllRead, MarkRead, mark_all_read, mark_read
from linzhi.web.asker import powers_of
from linzhi.web.render import page

A_PAGE = 25


def view(request: HttpRequest) -> HttpResponse:
    """The messages, newest first; `?before=` is the id of the last one shown. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if request.method == "POST":
        mark_all_read(actor, MarkAllRead())
        return redirect("desk:inbox")
    shown = notify.inbox(actor, before=_before(request), most=A_PAGE + 1)
    last = shown[A_PAGE - 1] if len(shown) > A_PAGE else None
    next_page = f"{last.created.isoformat()}~{last.pk}" if last else ""
    context = {"shown": shown[:A_PAGE], "next_page": next_page, "unread": notify.unread_count(actor)}
    return page(request, "desk/inbox.html", context, nav="inbox")


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about. Refused for somebody else's."""
    message = mark_read(powers_of(request).actor, MarkRead(message_id=pk))
    here = url_has_allowed_host_and_scheme(message.link, allowed_hosts=None)
    return redirect(message.link if message.link and here else reverse("desk:inbox"))


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    """Where the page before ended: a moment and an id, as `next_page` wrote them; anything else begins at the newest."""
    moment, _sep, pk = request.GET.get("before", "").partition("~")
    try:
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None
