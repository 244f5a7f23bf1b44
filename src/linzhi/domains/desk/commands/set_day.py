"""改日历的一天: a day is worked or not, against the week."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from linzhi.foundation.calendar import announcing
from linzhi.foundation.commands import Context, Input, SafeText, command


class SetDay(Input):
    """The day, whether it is worked, what it is called, and the notice that says so."""

    day: date
    workday: bool
    name: SafeText = Field(max_length=40)
    source: SafeText = Field(min_length=1, max_length=200)


@command("desk.set_day", on=lambda cmd: None)
def set_day(ctx: Context, cmd: SetDay, _nothing: None) -> None:
    """Set one day of the work calendar; limits that begin later follow it. Refused without a source."""
    announcing.set_day(cmd.day, workday=cmd.workday, name=cmd.name, source=cmd.source)
