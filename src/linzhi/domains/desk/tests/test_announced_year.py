"""What the announcement of a year does to limits that already run into it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.desk.commands import AnnouncedDay, AnnounceYear, announce_year
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.tests.acts import act
from linzhi.flow.commands import RenewLimits, renew_limits
from linzhi.flow.jobs import renew_limits_due
from linzhi.flow.models import Clock, Task
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.calendar.models import CalendarYear
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.kernel import clock
from linzhi.kernel.actor import System

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
# A Wednesday; nothing of the next year is announced.
AT = datetime.fromisoformat("2026-12-30T10:00:00+08:00")
LATER = datetime.fromisoformat("2026-12-30T15:00:00+08:00")
HOLIDAYS = (("2027-01-01", False, "元旦"), ("2027-01-03", True, "元旦调休上班"))
ACTOR = System("flow.renew_limits")


@pytest.fixture
def running(county: County) -> Request:
    """A request in the hands of the property company, whose limits reach into 2027."""
    CalendarYear.objects.filter(year=2027).delete()
    with clock.at_time(AT):
        made = county.report(at=AT)
        act(county, "community_worker", "accept", made)
        act(county, "community_worker", "dispatch", made, body_id=county.bodies["property_company"].pk)
        act(county, "property_handler", "sign", made)
    return made


def announce(county: County, days: tuple[tuple[str, bool, str], ...] = HOLIDAYS, year: int = 2027) -> None:
    named = tuple(AnnouncedDay.model_validate({"day": day, "workday": worked, "name": name}) for day, worked, name in days)
    announce_year(county.actor("administrator"), AnnounceYear(year=year, days=named, source="国办通知"), at=LATER)
    deliver_all(LATER)


def handling(made: Request) -> Clock:
    return Clock.objects.get(matter_id=made.matter_id, key="step:handle", stopped_at__isnull=True)


def test_a_running_limit_is_computed_anew_and_loses_its_mark(county: County, running: Request) -> None:
    before = handling(running)
    assert not before.confirmed and before.due_at is not None
    announce(county)
    after = handling(running)
    running.matter.refresh_from_db()
    assert after.confirmed and running.matter.next_due_confirmed
    # New Year's Day is off, the Sunday after it is worked: a limit over both ends where it did.
    assert after.due_at == before.due_at
    line = running.matter.happenings.get(act="flow.renew_limits")
    assert "没有变" in line.internal and line.public == "", "residents aren't told of what stayed"


def test_what_gets_longer_is_said_in_the_history_and_moves_the_task(county: County, running: Request) -> None:
    before = handling(running)
    announce(county, HOLIDAYS[:1])
    after = handling(running)
    running.matter.refresh_from_db()
    assert before.due_at is not None and after.due_at is not None and after.due_at > before.due_at
    line = running.matter.happenings.get(act="flow.renew_limits")
    assert "顺延" in line.public and "2027年" in line.public
    assert Task.objects.get(matter_id=running.matter_id, kind="step", done_at__isnull=True).due_at == after.due_at
    assert running.matter.next_due == min(one.due_at for one in Clock.objects.filter(matter_id=running.matter_id, stopped_at=None))
    page = county.sign_in(Client(), "resident").get(f"/requests/{running.pk}/").content.decode()
    assert "放假安排公布了" in page and "顺延" in page
    desk = county.sign_in(Client(), "community_worker").get(f"/desk/requests/{running.pk}/").content.decode()
    assert "按公布的放假安排重算时限" in desk and "flow.renew_limits" not in desk


def test_a_limit_never_gets_shorter_silently(county: County, running: Request) -> None:
    before = handling(running)
    announce(county, HOLIDAYS[1:])
    after = handling(running)
    assert before.due_at is not None and after.due_at is not None and after.due_at < before.due_at
    line = running.matter.happenings.get(act="flow.renew_limits")
    assert "提前了" in line.public
    told = next(one for one in line.data["limits"] if one["key"] == "step:handle")
    assert [datetime.fromisoformat(told[key]) for key in ("before", "after")] == [before.due_at, after.due_at]
    assert Entry.objects.filter(action="flow.renew_limits").exists()


def test_a_second_time_changes_nothing(county: County, running: Request) -> None:
    announce(county)
    assert renew_limits(ACTOR, RenewLimits(matter_id=running.matter_id), at=LATER) == 0
    assert renew_limits_due(LATER) == 0
    assert running.matter.happenings.filter(act="flow.renew_limits").count() == 1


def test_a_limit_that_was_confirmed_stays_where_it_was(county: County) -> None:
    early = datetime.fromisoformat("2026-12-01T10:00:00+08:00")
    with clock.at_time(early):
        made = county.report(at=early)
        act(county, "community_worker", "accept", made)
    own = Clock.objects.filter(matter_id=made.matter_id).order_by("pk")
    before = list(own.values_list("due_at", "confirmed"))
    assert all(confirmed for _due, confirmed in before)
    announce(county)
    assert list(own.all().values_list("due_at", "confirmed")) == before
    assert not made.matter.happenings.filter(act="flow.renew_limits").exists()


def test_another_years_announcement_leaves_the_mark(county: County, running: Request) -> None:
    announce(county, (("2028-01-03", False, "元旦"),), year=2028)
    assert not handling(running).confirmed


def test_a_year_that_came_with_an_upgrade_is_followed_by_the_job(county: County, running: Request) -> None:
    from linzhi.foundation.calendar import announcing

    announcing.announce_year(2027, [], source="随新版本")
    assert renew_limits_due(LATER) > 0
    assert handling(running).confirmed
