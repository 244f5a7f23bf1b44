"""登记一年的放假安排: the holidays and make-up workdays of a year are announced."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from linzhi.domains.desk.events import YearAnnounced
from linzhi.foundation.calendar import announcing
from linzhi.foundation.calendar.seed import ShippedDay
from linzhi.foundation.commands import Context, Input, SafeText, command


class AnnouncedDay(Input):
    """One day that differs from the week."""

    day: date
    workday: bool
    name: SafeText = Field(max_length=40)


class AnnounceYear(Input):
    """The year, every day that differs from the week, and the notice."""

    year: int = Field(ge=2000, le=2100)
    days: tuple[AnnouncedDay, ...] = Field(min_length=1, max_length=120)
    source: SafeText = Field(min_length=1, max_length=200)


@command("desk.announce_year", on=lambda cmd: None)
def announce_year(ctx: Context, cmd: AnnounceYear, _nothing: None) -> None:
    """Confirm a year: running limits marked unconfirmed that reach into it are computed anew. Refused without days or a source."""
    announcing.announce_year(cmd.year, [ShippedDay(day.day, day.workday, day.name) for day in cmd.days], source=cmd.source)
    ctx.emit(YearAnnounced(year=cmd.year))
