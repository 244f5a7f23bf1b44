"""我的同意: what I agreed to, in which words, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.foundation.consents import queries as consents
from linzhi.foundation.consents.commands import Give, Withdraw, give, withdraw
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """Every purpose with its text; POST gives (`give`, `version`) or takes back (`withdraw`). Somebody not signed in is asked to."""
    powers = powers_of(request)
    actor = powers.actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    subject = consents.account_subject(actor.account_id)
    if request.method == "POST":
        purpose, version = request.POST.get("give", ""), request.POST.get("version", "")
        if purpose:
            if not version.isdecimal() or len(version) > 6:
                raise NotFound(_("没有这份同意书。"))
            give(actor, Give(subject=subject, purpose=purpose[:60], version=int(version)))
            messages.success(request, _("记下了。随时可以撤回。"))
        else:
            withdraw(actor, Withdraw(subject=subject, purpose=request.POST.get("withdraw", "")[:60]))
            messages.success(request, _("撤回了，从现在起不再使用。"))
        return redirect("desk:my_consents")
    asked = consents.asked_of(actor, powers.at)
    past = [one for one in consents.own_consents(actor) if one.withdrawn_at is not None]
    return page(request, "desk/my_data_consents.html", {"asked": asked, "past": past})
