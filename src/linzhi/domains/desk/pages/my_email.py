"""登记邮箱: an address of one's own for messages, proved by a code that goes there."""

from __future__ import annotations

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import mailbox
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.commands import ForgetEmail, forget_email
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class EmailForm(Form):
    """The address."""

    email = forms.EmailField(
        label=gettext_lazy("邮箱"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("邮箱地址不对，请检查一下。")},
    )  # fmt: skip


class CodeForm(Form):
    """The code from the mail."""

    code = forms.CharField(
        label=gettext_lazy("邮件里的验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def view(request: HttpRequest) -> HttpResponse:
    """The address, then the code; POST `other` asks for another address, `forget` takes the present one away. Asks to sign in."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    account = accounts.by_id(powers.actor.account_id)
    if account is None:
        raise NotFound(_("没有这个账号。"))
    if request.method == "POST" and "forget" in request.POST:
        forget_email(powers.actor, ForgetEmail(account_id=account.pk))
        messages.success(request, _("邮箱去掉了，以后不再发邮件。"))
        return redirect("desk:me")
    if request.method == "POST" and "other" in request.POST:
        mailbox.forget(request.session)
        return redirect("desk:my_email")
    waiting = mailbox.pending(request.session, account, powers.at)
    form: Form = CodeForm(request.POST or None) if waiting else EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, powers, account, form)
        except Refused as refusal:
            waiting = mailbox.pending(request.session, account, powers.at)
            if not waiting and isinstance(form, CodeForm):
                messages.warning(request, refusal.message)
                return redirect("desk:my_email")
            errors_from(refusal, form)
    context = {"account": account, "waiting": waiting, "form": form}
    return page(request, "desk/my_email.html", context, nav="me", status=422 if form.errors else 200)


def _answer(request: HttpRequest, powers: Powers, account: Account, form: Form) -> HttpResponse:
    """Go one step on. Refused as `mailbox` says, and when codes are asked for too often."""
    if isinstance(form, CodeForm):
        mailbox.confirm(request.session, account, form.cleaned_data["code"], powers.at)
        messages.success(request, _("邮箱登记好了。"))
        return redirect("desk:me")
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="mail_code", key=email.strip().lower(), user=account):
        raise Refused("accounts.too_often", _("请求太频繁了。请稍等一分钟再试。"), status=429, field="email")
    mailbox.ask(request.session, account, email, powers.at)
    return redirect("desk:my_email")
