"""发令牌: a key for a program, whose text is shown once."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.domains.desk.pages import admin_scopes
from linzhi.domains.desk.pages.admin_apps import last_day
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.commands import IssueToken, issue_token
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

A_YEAR = timedelta(days=365)


class TokenForm(Form):
    """For whom, until when, how often; the scopes stand beside it as boxes."""

    key = forms.CharField(max_length=36, widget=forms.HiddenInput)
    account_id = forms.TypedChoiceField(label=gettext_lazy("给哪个应用"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=40,
        help_text=gettext_lazy("新应用就叫这个名字；老应用填这个令牌做什么用，例如“热线系统 正式”。"),
    )
    expires = forms.DateField(
        label=gettext_lazy("最后能用的一天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("不填就不到期；建议一年一换。"), error_messages={"invalid": gettext_lazy("请填日期，例如 2027-11-20。")},
    )  # fmt: skip
    per_minute = forms.IntegerField(
        label=gettext_lazy("每分钟最多调用几次"), required=False, min_value=1, max_value=60_000,
        error_messages={"invalid": gettext_lazy("请填整数。"), "min_value": gettext_lazy("至少 1 次。"), "max_value": gettext_lazy("最多 60000 次。")},
    )  # fmt: skip


@never_cache
def view(request: HttpRequest) -> HttpResponse:
    """The form; then the token, this once: nothing but its digest is kept. Sent twice it is issued once. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "accounts.issue_token")
    form = _form(powers, request)
    scopes = tuple(dict.fromkeys(request.POST.getlist("scopes")))
    error = ""
    if request.method == "POST":
        error = "" if scopes else _("请至少选一项。")
        if form.is_valid() and scopes:
            try:
                return _issue(request, powers, form, scopes)
            except (Refused, ValidationError) as refusal:
                errors_from(refusal, form)
    context = {
        "form": form,
        "groups": admin_scopes.groups(),
        "chosen": set(scopes),
        "error": error,
        "usual": settings.TOKEN_CALLS_PER_MINUTE,
    }
    return page(request, "desk/admin_token_new.html", context, nav="apps", status=422 if form.errors or error else 200)


def _form(powers: Powers, request: HttpRequest) -> TokenForm:
    initial = {"key": str(uuid.uuid4()), "expires": day_of(powers.at) + A_YEAR}
    form = TokenForm(request.POST or None, initial=initial)
    fields: dict[str, Any] = form.fields
    fields["account_id"].choices = [("", _("新应用")), *((app.pk, app.name) for app in accounts.apps(powers) if app.active)]
    fields["per_minute"].help_text = _("不填就按平台的设置：%(n)d 次。") % {"n": settings.TOKEN_CALLS_PER_MINUTE}
    return form


def _issue(request: HttpRequest, powers: Powers, form: TokenForm, scopes: tuple[str, ...]) -> HttpResponse:
    given = form.cleaned_data
    last: Any = given["expires"]
    expires = datetime.combine(last + timedelta(days=1), time(), tzinfo=BEIJING) if last else None
    cmd = IssueToken(
        name=given["name"], scopes=scopes, account_id=given["account_id"], expires=expires, per_minute=given["per_minute"]
    )  # fmt: skip
    token = issue_token(powers.actor, cmd, key=f"token:{given['key']}")
    if not hasattr(token, "text"):
        messages.warning(request, _("这个令牌刚才已经发过，文本只显示那一次。没抄下来就吊销它，再发一个。"))
        return redirect("desk:apps")
    context = {"token": token, "scopes": admin_scopes.scope_words(token.scopes), "last": last_day(token)}
    return page(request, "desk/admin_token_shown.html", context, nav="apps")
