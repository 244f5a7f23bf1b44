"""How satisfied is the reporter? One to five stars, in words; a low rating is answered within a stated time."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.requests.commands import Rate, rate
from linzhi.domains.requests.commands.base import SAY
from linzhi.domains.requests.pages.case import low_rating_words
from linzhi.domains.requests.pages.sight import sight_of
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class RateForm(Form):
    """Stars, and a word if one likes."""

    stars = forms.TypedChoiceField(
        label=gettext_lazy("您满意吗？"),
        coerce=int,
        choices=[
            (5, gettext_lazy("5 星　很满意")), (4, gettext_lazy("4 星　满意")), (3, gettext_lazy("3 星　一般")),
            (2, gettext_lazy("2 星　不满意")), (1, gettext_lazy("1 星　很不满意")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip
    say = forms.CharField(
        label=gettext_lazy("还想说的"), required=False, max_length=SAY, widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("太长了，最多 1000 个字。")},
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the rating of this round. Refused to everybody but the reporter, and when it is rated already."""
    sight = sight_of(request, pk)
    if not sight.own:
        raise NotAllowed("requests.rate", _("只有报事的人能评价。用查询码打开，或者登录报事的账号。"))
    if request.method != "POST" and not sight.may("requests.rate"):
        messages.info(request, _("现在还不能评价：要等事情办完，而且每次只评一回。"))
        return redirect("requests:case", pk)
    form = RateForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4()})
    threshold, within = low_rating_words(sight.request, sight.powers.at)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            cmd = Rate(request_id=pk, stars=given["stars"], say=given["say"], code=sight.code)
            rate(sight.powers.actor, cmd, key=f"rate:{given['key']}")
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            low = given["stars"] <= threshold and bool(within)
            messages.success(request, _("谢谢您直说。%(limit)s内会有人答复您。") % {"limit": within} if low else _("谢谢您的评价。"))
            return redirect("requests:case", pk)
    return page(request, "requests/rate.html", {"case": sight.request, "form": form, "threshold": threshold, "within": within})
