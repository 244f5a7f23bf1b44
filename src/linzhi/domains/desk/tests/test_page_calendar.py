"""工作日历: what it shows, changing a day, entering a year's notice, the office hours."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.foundation.calendar.models import CalendarYear, OfficeHours
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.kernel import clock

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/desk/calendar/"
NOW = datetime.fromisoformat("2026-11-20T10:00:00+08:00")
DAY = {"day": "2026-12-31", "workday": "0", "name": "抗雪", "source": "区政府通知"}
YEAR = {"source": "国务院办公厅关于2098年部分节假日安排的通知", "days": "2098-01-01 休 元旦\n2098-01-04 班 元旦调休上班\n"}


@pytest.fixture
def administrator(county: County, client: Client) -> Client:
    return county.sign_in(client, "administrator")


def test_a_year_shows_days_off_and_make_up_days_with_their_source(administrator: Client) -> None:
    page = administrator.get(PAGE, {"year": 2026}).content.decode()
    assert "已确认" in page
    assert "国庆节" in page
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page
    assert "09:00-12:00，13:30-17:30" in page
    assert "平台的默认值" in page


def test_a_year_that_is_not_announced_is_marked(administrator: Client) -> None:
    assert "还没公布" in administrator.get(PAGE, {"year": 2098}).content.decode()


def test_a_county_office_reads_and_does_not_change(county: County, client: Client) -> None:
    officer = county.sign_in(client, "county_officer")
    page = officer.get(PAGE).content.decode()
    assert "改一天" not in page
    assert [officer.get(f"{PAGE}{more}").status_code for more in ("day/", "hours/", "2098/")] == [403, 403, 403]
    assert county.sign_in(Client(), "grid_worker").get(PAGE).status_code == 403


def test_a_day_is_changed_only_after_its_reach_was_shown(administrator: Client, county: County) -> None:
    at = datetime.fromisoformat("2026-12-30T17:00:00+08:00")
    with clock.at_time(at):
        county.report(at=at)
        shown = administrator.post(f"{PAGE}day/", DAY).content.decode()
        assert "还没有改" in shown
        assert "个正在走的时限经过这一天" in shown
        assert work_calendar().is_workday(date(2026, 12, 31))
        administrator.post(f"{PAGE}day/", DAY | {"confirmed": "1"})
    assert not work_calendar().is_workday(date(2026, 12, 31))
    assert "抗雪" in administrator.get(PAGE, {"year": 2026}).content.decode()


def test_a_day_without_its_reason_is_refused(administrator: Client) -> None:
    assert administrator.post(f"{PAGE}day/", DAY | {"source": "", "confirmed": "1"}).status_code == 422
    assert work_calendar().is_workday(date(2026, 12, 31))


def test_a_years_notice_is_read_shown_and_then_confirmed(administrator: Client) -> None:
    shown = administrator.post(f"{PAGE}2098/", YEAR).content.decode()
    assert "读到 2 天" in shown
    assert not CalendarYear.objects.filter(year=2098, confirmed=True).exists()
    administrator.post(f"{PAGE}2098/", YEAR | {"confirmed": "1"})
    calendar = work_calendar()
    assert 2098 in calendar.confirmed_years
    assert (calendar.is_workday(date(2098, 1, 1)), calendar.is_workday(date(2098, 1, 4))) == (False, True)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("2098-01-01 休 元旦\n二月二 休 龙抬头", "第 2 行读不懂"),
        ("2098-02-30 休 春节", "第 1 行读不懂"),
        ("2098-01-05 休 小寒", "第 1 行不用写"),
        ("2099-01-01 休 元旦", "不在 2098 年的安排里"),
    ],
)
def test_a_line_that_cannot_be_is_told_and_nothing_changes(administrator: Client, days: str, says: str) -> None:
    answer = administrator.post(f"{PAGE}2098/", YEAR | {"days": days, "confirmed": "1"})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not CalendarYear.objects.filter(year=2098).exists()


def test_the_form_of_a_known_year_can_be_sent_back_as_it_is(administrator: Client) -> None:
    before = work_calendar()
    page = administrator.get(f"{PAGE}2026/")
    form = page.content.decode()
    assert "2026-10-01 休 国庆节" in form
    days = form.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>")[0].strip()
    administrator.post(f"{PAGE}2026/", {"source": "通知", "days": days, "confirmed": "1"})
    assert work_calendar() == before


def test_office_hours_change_from_a_day_on_with_their_source(administrator: Client) -> None:
    with clock.at_time(NOW):
        given = {"begin": "2026-12-01", "windows": "08:30-12:00，14:00-17:30", "source": "冬季作息通知"}
        administrator.post(f"{PAGE}hours/", given)
        assert "冬季作息通知" in administrator.get(PAGE).content.decode()
        assert "现在：09:00-12:00" in administrator.get(PAGE).content.decode()
        for wrong in (
            {"windows": "八点到五点"},
            {"windows": "09:00-12:00 11:00-17:00"},
            {"begin": "2026-11-01"},
            {"windows": "12:00-09:00"},
        ):
            assert administrator.post(f"{PAGE}hours/", given | wrong).status_code == 422
    assert set(OfficeHours.objects.values_list("begin", flat=True)) == {date(2026, 12, 1)}


@pytest.mark.parametrize("year", ["1999", "abc", "99999", "２０２６"])
def test_no_calendar_of_a_year_that_is_none(administrator: Client, year: str) -> None:
    assert administrator.get(PAGE, {"year": year}).status_code == 404
