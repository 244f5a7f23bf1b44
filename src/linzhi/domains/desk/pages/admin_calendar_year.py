"""登记放假安排: a year's notice, one line a day, looked at before it counts."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from linzhi.domains.desk import queries
from linzhi.domains.desk.commands import AnnouncedDay, AnnounceYear, announce_year
from linzhi.domains.desk.pages.admin_calendar import year_of
from linzhi.flow import queries as flow
from linzhi.foundation.calendar import queries as calendar
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.render import page

LINE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?\s+([休班])\s+(\S.*)")


class YearForm(Form):
    """The notice, and every day that differs from the week."""

    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=gettext_lazy("例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕7号）"),
    )
    days = forms.CharField(
        label=gettext_lazy("和平常不一样的日子"), max_length=8000, widget=forms.Textarea(attrs={"rows": 12, "class": "mono"}),
        help_text=gettext_lazy("一行一天：日期、休或班、名称，中间空一格。平常的周末不用写；周末放假也不用写。例如：2027-02-08 休 春节"),
    )  # fmt: skip


def view(request: HttpRequest, year: int) -> HttpResponse:
    """The form with what the table has, then what was read, then the change, which replaces the whole year. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "desk.announce_year")
    year_of(str(year), year)
    row = calendar.years().get(year)
    initial = {"source": row.source if row else "", "days": "\n".join(_line(one.day, one.workday, one.name) for one in calendar.days(year))}
    form = YearForm(request.POST or None, initial=initial)
    read: list[AnnouncedDay] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form.cleaned_data["days"])
            if "confirmed" in request.POST:
                announce_year(powers.actor, AnnounceYear(year=year, days=tuple(read), source=form.cleaned_data["source"]))
                messages.success(request, _("%(year)d年的安排登记好了。") % {"year": year})
                return redirect(f"{reverse('desk:calendar')}?year={year}")
        except (Refused, ValidationError) as error:
            errors_from(error, form)
            read = None
    touched = flow.unconfirmed_over(date(year, 1, 1), date(year, 12, 31)) if read is not None else 0
    context = {"form": form, "year": year, "row": row, "read": read, "touched": touched}
    return page(request, "desk/admin_calendar_year.html", context, nav="calendar", status=422 if form.errors else 200)


def _line(day: date, workday: bool, name: str) -> str:
    return f"{day.isoformat()} {_('班') if workday else _('休')} {name}"


def _read(text: str) -> list[AnnouncedDay]:
    """The days of the text, in order. Refused with the number of the first line that can't be read or changes nothing."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        try:
            day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
        except ValueError:
            day = None
        if match is None or day is None:
            message = _("第 %(n)d 行读不懂：“%(line)s”。请写成“2027-02-08 休 春节”。") % {"n": number, "line": line.strip()[:40]}
            raise Refused("desk.calendar_line", message, status=422, field="days")
        workday = match[4] == "班"
        if workday == (day.weekday() < 5):
            message = _("第 %(n)d 行不用写：%(day)s 本来就是这样。") % {"n": number, "day": day}
            raise Refused("desk.calendar_line", message, status=422, field="days")
        found.append(AnnouncedDay(day=day, workday=workday, name=match[5].strip()))
    return sorted(found, key=lambda one: one.day)
