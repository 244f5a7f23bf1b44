"""依法暂停删除: what isn't removed for a while, why, up to when; setting such a hold, and lifting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.domains.requests import queries as requests
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.privacy import retention
from linzhi.foundation.rights import queries as rights
from linzhi.foundation.rights.commands import LiftHold, PlaceHold, lift_hold, place_hold
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.territory import queries as territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

REQUEST, ACCOUNT, RULE = "requests.request:", "accounts.account:", "rule:"
WHAT = {"request": gettext_lazy("一件诉求"), "account": gettext_lazy("一个人的账号"), "rule": gettext_lazy("一整类信息")}
EFFECT = {
    "request": gettext_lazy("它的联系人和电话到期也不清空，报事人也不能注销删除。"),
    "account": gettext_lazy("本人暂时不能注销删除；自己导出、更正不受影响。"),
    "rule": gettext_lazy("这一类信息到期也不删，全平台都停。只在文书要求时用。"),
}  # fmt: skip


class HoldForm(Form):
    """What isn't to be removed (one field, by the kind), by which document, up to when."""

    subject = forms.CharField(max_length=60)
    reason = forms.CharField(
        label=gettext_lazy("依据"), min_length=4, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("哪个机关的什么文书，例如：清禾区人民法院协助执行通知书（2026）清执字第 31 号。"),
        error_messages={"min_length": gettext_lazy("请写明是哪个机关的什么文书。")},
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("最后一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("过了这一天自动恢复按期删除。要延长，再设一次就行，中间不会断。"),
        error_messages={"invalid": gettext_lazy("请填日期，例如 2027-06-30。")},
    )  # fmt: skip


class RequestHoldForm(HoldForm):
    """A request by its number."""

    subject = forms.CharField(label=gettext_lazy("诉求编号"), max_length=24)


class AccountHoldForm(HoldForm):
    """An account by its phone."""

    subject = forms.CharField(
        label=gettext_lazy("账号的手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )  # fmt: skip


class RuleHoldForm(HoldForm):
    """A whole kind of data."""

    subject = forms.ChoiceField(label=gettext_lazy("哪一类信息"))  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(rule.name, str(rule.title)) for rule in retention.rules() if not rule.done_by]
        self.fields["subject"].choices = [("", _("请选择")), *kinds]  # type: ignore[attr-defined]


FORMS: dict[str, type[HoldForm]] = {"request": RequestHoldForm, "account": AccountHoldForm, "rule": RuleHoldForm}


@dataclass(frozen=True)
class Line:
    """A hold in words; `last` is the last day on which it holds by itself."""

    hold: Hold
    what: str
    by: str
    ended: str
    last: date | None


def listed(request: HttpRequest) -> HttpResponse:
    """The holds in force, or with `?show=past` those that are over. For county offices; refused to others."""
    powers = _powers(request, "rights.lift_hold")
    past = request.GET.get("show") == "past"
    lines = [_line(powers, hold) for hold in rights.holds(powers, past=past)]
    return page(request, "desk/admin_holds.html", {"lines": lines, "past": past, "at": powers.at}, nav="holds")


def new(request: HttpRequest) -> HttpResponse:
    """The form for one kind of subject (`?what=`), then the hold. For county offices."""
    powers = _powers(request, "rights.place_hold")
    what = request.GET.get("what", "request")
    what = what if what in FORMS else "request"
    form = FORMS[what](request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            place = territory.by_path(queries.widest_path(powers, "rights.place_hold")).code
            subject = _subject(powers, what, given["subject"].strip())
            place_hold(powers.actor, PlaceHold(place=place, subject=subject, reason=given["reason"], until=given["until"]))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("已经暂停删除。"))
            return redirect("desk:holds")
    tabs = [{"label": label, "href": f"?what={key}", "current": key == what} for key, label in WHAT.items()]
    context = {"form": form, "tabs": tabs, "effect": EFFECT[what]}
    return page(request, "desk/admin_hold_new.html", context, nav="holds", status=422 if form.errors else 200)


def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the button. For county offices; NotFound for a hold elsewhere."""
    powers = _powers(request, "rights.lift_hold")
    hold = rights.hold(powers, pk)
    if request.method == "POST":
        lift_hold(powers.actor, LiftHold(hold_id=pk))
        messages.success(request, _("已经恢复按期删除。"))
        return redirect("desk:holds")
    return page(request, "desk/admin_hold_lift.html", {"line": _line(powers, hold)}, nav="holds")


def _powers(request: HttpRequest, code: str) -> Powers:
    powers = powers_of(request)
    if not queries.holds_anywhere(powers, code):
        raise NotAllowed(code, powers.decide(code).reason)
    return powers


def _subject(powers: Powers, what: str, given: str) -> str:
    """The key of what was named. Refused when it isn't there, or not in the asker's places."""
    if what == "rule":
        return f"{RULE}{given}"
    if what == "account":
        account = accounts.by_phone(given)
        if account is None:
            raise Refused("desk.hold_account", _("没有用这个手机号的账号。请核对号码。"), status=422, field="subject")
        return f"{ACCOUNT}{account.pk}"
    found = requests.visible(powers).filter(number=given).first()
    if found is None:
        raise Refused("desk.hold_request", _("您的范围内没有这个编号的诉求。请核对编号。"), status=422, field="subject")
    return f"{REQUEST}{found.pk}"


def _name(key: str) -> str:
    kind, _colon, number = key.partition(":")
    return accounts.name(int(number)) if kind in ("person", "app") and number.isdigit() else ""


def _line(powers: Powers, hold: Hold) -> Line:
    by = _name(hold.begun_by)
    ended = _("%(who)s解除") % {"who": _name(hold.ended_by)} if hold.ended_by else _("到期")
    last = day_of(hold.until - timedelta(seconds=1)) if hold.until else None
    return Line(hold, _words(powers, hold.subject), by, ended, last)


def _words(powers: Powers, subject: str) -> str:
    if subject.startswith(RULE):
        found = [str(rule.title) for rule in retention.rules() if rule.name == subject.removeprefix(RULE)]
        return _("一整类：%(title)s") % {"title": found[0] if found else subject}
    pk = int(subject.rpartition(":")[2])
    if subject.startswith(REQUEST):
        request = requests.visible(powers).filter(pk=pk).first()
        return _("诉求 %(number)s 的联系人和电话") % {"number": request.number if request else pk}
    if subject.startswith(ACCOUNT):
        return _("账号：%(name)s") % {"name": accounts.name(pk) or pk}
    return subject
