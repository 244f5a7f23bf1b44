"""One sentence from the reporter: not solved and why, reopen, add a line, withdraw."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from linzhi.domains.requests import commands
from linzhi.domains.requests.commands.base import SAY
from linzhi.domains.requests.pages.sight import Sight, sight_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


@dataclass(frozen=True)
class Say:
    """One thing to say: the act, its words on the page, and whether a sentence is needed."""

    act: str
    command: Callable[..., Any]
    given: type
    title: Any
    lead: Any
    label: Any
    button: Any
    done: Any
    needed: bool = True


SAYS = {
    "not-solved": Say(
        "requests.reject_result", commands.reject_result, commands.RejectResult, _("哪里没解决？"),
        _("说一句，马上重新办，时间重新算。"), _("还差什么"), _("请重新办"), _("收到了，已经重新办。"),
    ),
    "reopen": Say(
        "requests.reopen", commands.reopen, commands.Reopen, _("又怎么了？"),
        _("说一句，这件事重新打开，接着办。"), _("现在的情况"), _("重新打开"), _("已经重新打开。"),
    ),
    "note": Say(
        "requests.add_note", commands.add_note, commands.AddNote, _("补充一句"),
        _("办事的人会看到。"), _("您想补充的"), _("加上"), _("加上了。"),
    ),
    "withdraw": Say(
        "requests.withdraw", commands.withdraw, commands.Withdraw, _("撤回这件事？"),
        _("撤回以后就不办了。想再办，要重新报。"), _("为什么撤回"), _("撤回"), _("已经撤回。"), needed=False,
    ),
}  # fmt: skip


class SayForm(Form):
    """A sentence, and the key that makes sending it twice say it once."""

    say = forms.CharField(max_length=SAY, widget=forms.Textarea, error_messages={"max_length": _("太长了，最多 1000 个字。")})
    key = forms.UUIDField(widget=forms.HiddenInput)


def view(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask for the sentence and perform the act. Refused to everybody but the reporter, and at a step that doesn't have it."""
    say = SAYS[what]
    sight = sight_of(request, pk)
    if not sight.own:
        raise NotAllowed(say.act, str(_("只有报事的人能做这个。用查询码打开，或者登录报事的账号。")))
    if request.method != "POST" and not sight.may(say.act):
        messages.info(request, str(_("事情有了变化，现在不能做这一步。请看看最新的情况。")))
        return redirect("requests:case", pk)
    form = SayForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4()})
    form.fields["say"].label = say.label
    form.fields["say"].required = say.needed
    form.fields["say"].error_messages["required"] = str(_("请说一句。"))
    if request.method == "POST" and form.is_valid():
        try:
            _perform(sight, say, form)
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, str(say.done))
            return redirect("requests:case", pk)
    return page(request, "requests/case_say.html", {"say": say, "what": what, "case": sight.request, "form": form, "sight": sight})


def _perform(sight: Sight, say: Say, form: SayForm) -> None:
    given = say.given(request_id=sight.request.pk, say=form.cleaned_data["say"], code=sight.code)
    say.command(sight.powers.actor, given, key=f"say:{form.cleaned_data['key']}")


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The two big answers: solved is recorded at once and asks for stars; not solved asks why."""
    sight = sight_of(request, pk)
    if request.method != "POST" or request.POST.get("answer") != "yes":
        return redirect("requests:say", pk=pk, what="not-solved") if request.method == "POST" else redirect("requests:case", pk)
    key = request.POST.get("key", "")[:60]
    try:
        given = commands.ConfirmSolved(request_id=pk, code=sight.code)
        commands.confirm_solved(sight.powers.actor, given, key=f"answer:{key}" if key else None)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("requests:case", pk)
    return redirect("requests:rate", pk)
