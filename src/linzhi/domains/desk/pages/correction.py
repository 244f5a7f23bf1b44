"""答复更正申请: read what is wrong (logged), then answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from pydantic import ValidationError

from linzhi.domains.desk.pages.my_data_correct import ABOUT
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.rights import queries as rights
from linzhi.foundation.rights.commands import AnswerCorrection, ReadCorrection, answer_correction, read_correction
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

RESULTS = (("yes", gettext_lazy("核对过了，已经改好")), ("no", gettext_lazy("核对过了，不用改")))


class AnswerForm(Form):
    """The answer."""

    result = forms.ChoiceField(label=gettext_lazy("结果"), choices=RESULTS, widget=forms.RadioSelect)
    answer = forms.CharField(label=gettext_lazy("告诉本人：改成了什么，或者为什么不改"), max_length=1000, widget=forms.Textarea)


@never_cache
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `read` shows the words, POST of the form answers. NotFound for those who don't answer it."""
    powers = powers_of(request)
    found = rights.correction(powers, pk)
    if found is None:
        raise NotFound(_("没有这件更正申请。"))
    reading = request.method == "POST" and "read" in request.POST
    form = AnswerForm(request.POST if request.method == "POST" and not reading else None)
    words = read_correction(powers.actor, ReadCorrection(correction_id=pk)) if reading else ""
    if form.is_valid():
        try:
            accepted = form.cleaned_data["result"] == "yes"
            answer_correction(powers.actor, AnswerCorrection(correction_id=pk, accepted=accepted, answer=form.cleaned_data["answer"]))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("答复了，已经通知本人。"))
            return redirect("desk:corrections")
    context = {"one": found, "form": form, "words": words, "who": accounts.name(found.account_id), "about": ABOUT[found.about]}
    return page(request, "desk/correction.html", context, nav="corrections", status=422 if form.errors else 200)
