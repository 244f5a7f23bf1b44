"""改办公时间: the office hours from a day on."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.calendar import announcing
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.kernel.workcalendar import Window


class Stretch(Input):
    """One stretch of office hours, in local time."""

    opens: time
    closes: time


class SetOfficeHours(Input):
    """The first day, the stretches in order, and the notice that says so."""

    begin: date
    windows: tuple[Stretch, ...] = Field(min_length=1, max_length=6)
    source: SafeText = Field(min_length=1, max_length=200)


@command("desk.set_office_hours", on=lambda cmd: None)
def set_office_hours(ctx: Context, cmd: SetOfficeHours, _nothing: None) -> None:
    """Set the office hours from a day on; limits that began before keep theirs.

    Refused for a day before today, since limits that run began with what held then, and for stretches that overlap or are empty.
    """
    if cmd.begin < day_of(ctx.at):
        raise Refused("desk.hours_in_the_past", _("只能从今天或者以后改起：已经开始的时限按当时的办公时间算。"), status=422, field="begin")
    try:
        windows = [Window(stretch.opens, stretch.closes) for stretch in cmd.windows]
    except ValueError:
        raise Refused("calendar.office_hours", _("下班要晚于上班，例如 09:00-12:00。"), status=422, field="windows") from None
    announcing.set_office_hours(cmd.begin, windows, source=cmd.source)
