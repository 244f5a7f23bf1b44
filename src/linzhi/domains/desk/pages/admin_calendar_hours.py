"""改办公时间: the office hours from a day on."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.domains.desk.commands import SetOfficeHours, set_office_hours
from linzhi.domains.desk.commands.set_office_hours import Stretch
from linzhi.foundation.calendar import queries as calendar
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class HoursForm(Form):
    """From when, which hours, and on what that rests."""

    begin = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("今天或者以后。"), error_messages={"invalid": gettext_lazy("请填日期，例如 2027-06-01。")},
    )  # fmt: skip
    windows = forms.CharField(
        label=gettext_lazy("办公时间"), max_length=100, help_text=gettext_lazy("几段之间空一格，例如：09:00-12:00 13:30-17:30"),
        widget=forms.TextInput(attrs={"class": "mono"}),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("例如：区政府办公室关于夏季作息时间的通知。")
    )


def view(request: HttpRequest) -> HttpResponse:
    """The form with the hours of today. For administrators; refused as desk.set_office_hours says."""
    powers = powers_of(request)
    queries.require(powers, "desk.set_office_hours")
    now = calendar.work_calendar(powers.at.date()).windows
    form = HoursForm(request.POST or None, initial={"windows": " ".join(str(window) for window in now)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            windows = tuple(_stretch(part) for part in given["windows"].replace("，", " ").replace(",", " ").split())
            set_office_hours(powers.actor, SetOfficeHours(begin=given["begin"], windows=windows, source=given["source"]))
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            messages.success(request, _("改好了。以前开始的时限还按原来的办公时间算。"))
            return redirect("desk:calendar")
    return page(request, "desk/admin_calendar_hours.html", {"form": form}, nav="calendar", status=422 if form.errors else 200)


def _stretch(text: str) -> Stretch:
    opens, _dash, closes = text.replace("：", ":").partition("-")
    try:
        return Stretch.model_validate({"opens": opens, "closes": closes})
    except ValidationError:
        message = _("“%(text)s”读不懂。请写成 09:00-12:00。") % {"text": text[:20]}
        raise Refused("desk.hours", message, status=422, field="windows") from None
