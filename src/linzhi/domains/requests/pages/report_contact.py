"""报个事: how to reach you, if you like; who will see it is said beside it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests import rules
from linzhi.domains.requests.pages.report_draft import ABOUT_A_BODY, Draft, ask, go, keep, step
from linzhi.foundation.accounts import queries as accounts
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form

ACCOUNT, ANONYMOUS, LEAVE = "account", "anonymous", "leave"


class ContactForm(Form):
    """Nothing here must be filled in."""

    who = forms.ChoiceField(label=_("怎么找您？"), widget=forms.RadioSelect)
    contact_name = forms.CharField(
        label=_("怎么称呼您"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("太长了，最多 40 个字。")},
    )  # fmt: skip
    contact_phone = forms.RegexField(
        r"^[0-9+ -]{5,20}$", label=_("您的电话"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("电话只能有数字，请核对后再填。不想留，就空着。")},
    )  # fmt: skip


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the contact; all of it may stay empty."""
    account_id = powers_of(request).actor.account_id
    choices = _choices(account_id)
    if request.method != "POST":
        begun = draft.who if draft.who in dict(choices) else choices[0][0]
        form = ContactForm(initial={"who": begun, "contact_name": draft.contact_name, "contact_phone": draft.contact_phone})
    else:
        form = ContactForm(request.POST)
    form.fields["who"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        draft.who = form.cleaned_data["who"]
        leaves = draft.who == LEAVE
        draft.contact_name = rules.tidy(form.cleaned_data["contact_name"]) if leaves else ""
        draft.contact_phone = form.cleaned_data["contact_phone"] if leaves else ""
        keep(request, draft)
        return go(draft, "contact")
    about = draft.nature if draft.nature in ABOUT_A_BODY and draft.accused else ""
    return ask(request, "contact", draft, form=form, about=about)


def _choices(account_id: int | None) -> list[tuple[str, object]]:
    """What one can choose: the account's own number, another one, or none."""
    account = accounts.by_id(account_id) if account_id is not None else None
    if account is None:
        return [(LEAVE, _("留个电话，好找我问情况")), (ANONYMOUS, _("不留，我用编号查进展"))]
    own = _("用我的账号：%(name)s %(phone)s") % {"name": account.name, "phone": account.phone.masked}
    return [(ACCOUNT, own.strip()), (LEAVE, _("用我的账号，但打另一个电话")), (ANONYMOUS, _("匿名，不留名字和电话"))]
