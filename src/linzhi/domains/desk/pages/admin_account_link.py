"""交付开通链接: by text message, by e-mail, or on paper to be handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from linzhi.domains.desk.pages.qr import square
from linzhi.foundation.accounts import invitations, links
from linzhi.foundation.accounts.commands import SendLink, send_link
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.refused import Refused
from linzhi.web import words
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def channels(account: Account) -> list[tuple[str, str]]:
    """The ways in which this account's link can get to its owner."""
    found = []
    if account.phone:
        found.append(("sms", _("短信，发到 %(phone)s") % {"phone": account.phone.masked}))
    if account.email:
        found.append(("email", _("邮件，发到登记的邮箱")))
    return [*found, ("print", _("打印出来，当面交给本人"))]


@require_POST
@never_cache
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link to its owner, or show the sheet to print, this once. For administrators; refused as accounts.send_link says."""
    powers = powers_of(request)
    channel = request.POST.get("channel", "")
    try:
        account = send_link(powers.actor, SendLink.model_validate({"account_id": pk, "channel": channel}))
        url = request.build_absolute_uri(invitations.path_for(account))
        until = links.good_until(powers.at)
        if channel != "print":
            links.send(account, channel, url, words.moment(until, powers.at, plain=True))
            messages.success(request, _("链接已经发给本人，%(until)s 前有效。") % {"until": words.moment(until, powers.at)})
            return redirect("desk:account", pk)
    except ValidationError:
        messages.error(request, _("请选怎么交给本人。"))
        return redirect("desk:account", pk)
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, refusal.message)
        return redirect("desk:account", pk)
    return page(request, "desk/admin_account_link.html", {"account": account, "link": url, "until": until, "code": square(url)})
