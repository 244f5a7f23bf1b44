"""改一天: one day is worked or not, against the week."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.domains.desk.commands import SetDay, set_day
from linzhi.domains.desk.pages.admin_calendar import FIRST, LAST
from linzhi.flow import queries as flow
from linzhi.foundation.calendar import queries as calendar
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page


class DayForm(Form):
    """The day, whether it is worked, what it is called, and why."""

    day = forms.DateField(
        label=gettext_lazy("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("请填日期，例如 2026-10-10。")},
    )  # fmt: skip
    workday = forms.ChoiceField(
        label=gettext_lazy("上不上班"), widget=forms.RadioSelect, choices=[("1", gettext_lazy("上班")), ("0", gettext_lazy("休息"))]
    )
    name = forms.CharField(label=gettext_lazy("叫什么"), max_length=40, help_text=gettext_lazy("例如：国庆节、国庆节调休上班、抗洪值守。"))
    source = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("通知的名称和文号，写进日历，谁都看得到。"))

    def clean_day(self) -> date:
        """Refused outside the years that the calendar shows."""
        day: date = self.cleaned_data["day"]
        if not FIRST <= day.year <= LAST:
            raise forms.ValidationError(_("日历只到 %(first)d 至 %(last)d 年。") % {"first": FIRST, "last": LAST})
        return day


def view(request: HttpRequest) -> HttpResponse:
    """The form, then what it touches, then the change. `?day=` fills it in with what holds. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "desk.set_day")
    form = DayForm(request.POST or None, initial=_now(request.GET.get("day", "")))
    touched: int | None = None
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if "confirmed" not in request.POST:
            touched = flow.running_over(given["day"], given["day"])
        else:
            try:
                set_day(powers.actor, SetDay(**given | {"workday": given["workday"] == "1"}))
            except (Refused, ValidationError) as error:
                errors_from(error, form)
            else:
                messages.success(request, _("改好了。"))
                return redirect(f"{reverse('desk:calendar')}?year={given['day'].year}")
    return page(
        request, "desk/admin_calendar_day.html", {"form": form, "touched": touched}, nav="calendar", status=422 if form.errors else 200
    )


def _now(text: str) -> dict[str, object]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return {}
    row = next((one for one in calendar.days(day.year) if one.day == day), None)
    found: dict[str, object] = {"day": day, "workday": "1" if calendar.work_calendar().is_workday(day) else "0"}
    return found | ({"name": row.name, "source": row.source} if row else {})
