"""A limit keeps the office hours in force on the day it started, whenever it is computed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from linzhi.domains.desk.commands import SetOfficeHours, set_office_hours
from linzhi.domains.desk.commands.set_office_hours import Stretch
from linzhi.domains.requests.models import Request
from linzhi.flow import library
from linzhi.flow.clocks import Clocks
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.calendar import announcing
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.kernel import clock
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.kernel.workcalendar import Window
from tests.support.small_county import County

pytestmark = pytest.mark.django_db
SUMMER = (Window(time(10), time(12)), Window(time(14), time(18)))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def _accept(request: Request) -> Clock:
    return Clock.objects.get(matter=request.matter_id, key="step:accept")


def _due(request: Request) -> str:
    due_at = _accept(request).due_at
    assert due_at is not None
    return due_at.astimezone(BEIJING).strftime("%m-%d %H:%M")


def test_hours_that_begin_later_do_not_reach_what_started_before(county: County) -> None:
    announcing.set_office_hours(date(2026, 7, 1), SUMMER)
    with clock.at_time(_at("2026-11-20T10:00")):
        assert _due(county.report(at=_at("2026-06-30T16:30"))) == "07-01 10:00"
        assert _due(county.report(at=_at("2026-07-01T08:00"))) == "07-01 12:00"


def test_a_limit_computed_anew_keeps_the_hours_of_its_start(county: County) -> None:
    request = county.report(at=_at("2026-06-30T16:30"))
    announcing.set_office_hours(date(2026, 7, 1), SUMMER)
    matter = Matter.objects.get(pk=request.matter_id)
    with clock.at_time(_at("2026-07-01T11:00")):
        clocks = Clocks(matter, library.of_version(matter.version_id), library.snapshot_of(matter))
        clocks.recompute()
        clocks.save()
    assert _due(request) == "07-01 10:00"


def test_an_administrator_sets_hours_from_today_on_and_never_for_the_past(county: County) -> None:
    at = _at("2026-06-15T09:00")
    cmd = SetOfficeHours(begin=date(2026, 7, 1), windows=(Stretch(opens=time(10), closes=time(12)),), source="区政府通知")
    set_office_hours(county.actor("administrator"), cmd, at=at)
    assert work_calendar(date(2026, 7, 1)).windows == SUMMER[:1]
    assert work_calendar(date(2026, 6, 30)).windows != SUMMER[:1]
    with pytest.raises(Refused, match="hours_in_the_past"):
        set_office_hours(county.actor("administrator"), cmd.model_copy(update={"begin": date(2026, 6, 14)}), at=at)
    with pytest.raises(Refused, match="office_hours"):
        wrong = (Stretch(opens=time(12), closes=time(12)),)
        set_office_hours(county.actor("administrator"), cmd.model_copy(update={"windows": wrong}), at=at)
    with pytest.raises(NotAllowed):
        set_office_hours(county.actor("county_officer"), cmd, at=at)
