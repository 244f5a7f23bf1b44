"""我的账号: what everyone signed in can change about themselves: name, phone, second factor, messages, sessions."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.bodies import queries as bodies
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.commands import Rename, rename
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.notify import queries as notify
from linzhi.foundation.notify.commands import ChooseChannel, choose_channel
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class NameForm(Form):
    """The name that others see."""

    name = forms.CharField(label=gettext_lazy("怎么称呼您"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))


def view(request: HttpRequest) -> HttpResponse:
    """One's own account; POST changes the name (`name`) or the channels (`channels`). Somebody not signed in is asked to sign in."""
    powers = powers_of(request)
    account_id = powers.actor.account_id
    if account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    account = accounts.by_id(account_id)
    if account is None:
        raise NotFound(_("没有这个账号。"))
    form = NameForm(request.POST if "name" in request.POST else None, initial={"name": account.name})
    if request.method == "POST" and "channels" in request.POST:
        _choose(powers, account, set(request.POST.getlist("channel")))
        messages.success(request, _("记住了，以后按这个发。"))
        return redirect("desk:me")
    if request.method == "POST" and form.is_valid():
        try:
            rename(powers.actor, Rename(account_id=account_id, name=form.cleaned_data["name"]))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("称呼改好了。"))
            return redirect("desk:me")
    off = notify.channels_off(powers.actor)
    context = {
        "account": account,
        "form": form,
        "posts": bodies.posts_of(account_id, powers.at),
        "factors": accounts.second_factors(account_id),
        "channels": [(key, words, key not in off) for key, words in _channels(account)],
    }
    return page(request, "desk/my_account.html", context, nav="me", status=422 if form.errors else 200)


def _channels(account: Account) -> list[tuple[str, str]]:
    """The channels that can reach this account besides the inbox, which can't be turned off."""
    found = []
    if account.phone:
        found.append(("sms", _("短信，发到 %(phone)s") % {"phone": account.phone.masked}))
    if account.email:
        found.append(("email", _("邮件，发到登记的邮箱")))
    return found


def _choose(powers: Powers, account: Account, wanted: set[str]) -> None:
    off = notify.channels_off(powers.actor)
    for key, _words in _channels(account):
        if (key in off) == (key in wanted):
            choose_channel(powers.actor, ChooseChannel.model_validate({"channel": key, "off": key not in wanted}))
