"""开账号: a new account for somebody who works here."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.foundation.accounts.commands import Register, register
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class AccountForm(Form):
    """Who; a number or an address is only for messages and for the link."""

    key = forms.CharField(max_length=36, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40, help_text=gettext_lazy("办事时别人看到的名字。"))
    username = forms.CharField(
        label=gettext_lazy("用户名"), max_length=40, widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text=gettext_lazy("登录用，定了不改。3 到 40 个小写字母、数字、点、横线，以字母开头，例如 zhao.wenjing。"),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("手机号"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("用来收开通链接和提醒，加密保存。"),
    )  # fmt: skip
    email = forms.CharField(
        label=gettext_lazy("邮箱"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


def view(request: HttpRequest) -> HttpResponse:
    """The form; on success it leads to the account, where the link is handed out. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "accounts.register")
    form = AccountForm(request.POST or None, initial={"key": str(uuid.uuid4())})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key = f"register:{given.pop('key')}"
        try:
            account = register(powers.actor, Register(**given), key=key)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("账号开好了。下一步：把开通链接交给%(name)s。") % {"name": account.name})
            return redirect("desk:account", account.pk)
    return page(request, "desk/admin_account_new.html", {"form": form}, nav="accounts", status=422 if form.errors else 200)
