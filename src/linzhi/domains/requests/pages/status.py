"""查进展 without an account: number and code, given when the report was sent."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.sight import forget, remember
from linzhi.domains.requests.pages.throttle import count_guess
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class StatusForm(Form):
    """What was written down when the report was sent."""

    number = forms.CharField(
        label=_("编号"), help_text=_("例如 2611-0318。"), max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("查询码"), help_text=_("十个字母和数字，大小写都行。"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


def view(request: HttpRequest) -> HttpResponse:
    """Open the request for this session. A wrong number and a wrong code look the same; many tries are refused for a while."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count_guess(request, f"{form.cleaned_data['number']}:{form.cleaned_data['code']}")
        try:
            found = queries.get_by_code(form.cleaned_data["number"], form.cleaned_data["code"])
        except NotFound as refusal:
            errors_from(refusal, form)
        else:
            remember(request, found.pk, form.cleaned_data["code"], powers_of(request).at)
            return redirect("requests:case", found.pk)
    return page(request, "requests/status.html", {"form": form})


def close(request: HttpRequest) -> HttpResponse:
    """Close what was opened by a code, for those who share a phone or a computer."""
    if request.method == "POST":
        forget(request)
    return redirect("requests:status")
