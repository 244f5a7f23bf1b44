"""The calendar in the database: filled, edited, read again, and absent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from linzhi.foundation.calendar import announcing, queries
from linzhi.foundation.calendar.models import CalendarDay, CalendarVersion, CalendarYear, OfficeHours
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.calendar.seed import ShippedDay, shipped_calendar, shipped_days, shipped_years
from linzhi.kernel import clock
from linzhi.kernel.refused import Refused
from linzhi.kernel.workcalendar import OFFICE_HOURS, Window
from linzhi.kernel.worktime import Limit, due

SOURCE = "国务院办公厅关于2099年部分节假日安排的通知"
NEW_YEAR = date(2099, 1, 1)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


def test_the_shipped_calendar_has_only_days_that_differ_from_the_week() -> None:
    assert all(entry.workday == (entry.day.weekday() > 4) for entry in shipped_days())
    by_day = {entry.day: entry for entry in shipped_days()}
    assert by_day[date(2026, 10, 7)].name == "国庆节"
    assert by_day[date(2026, 10, 10)].name == "国庆节调休上班"
    assert by_day[date(2026, 9, 25)].name == "中秋节"
    assert date(2026, 10, 3) not in by_day
    assert {2011, 2019, 2026} <= set(shipped_years())


def test_the_shipped_calendar_answers_without_a_database() -> None:
    answer = due(datetime.fromisoformat("2026-09-30T16:00+08:00"), Limit.parse("2 working hours"), shipped_calendar())
    assert answer.at == datetime.fromisoformat("2026-10-08T09:30+08:00") and answer.confirmed


@pytest.mark.django_db
def test_the_migration_fills_what_ships() -> None:
    assert CalendarDay.objects.count() == len(shipped_days())
    assert set(CalendarYear.objects.values_list("year", flat=True)) == set(shipped_years())
    assert "2026" in CalendarDay.objects.get(day=date(2026, 10, 1)).source
    assert work_calendar() == shipped_calendar()


@pytest.mark.django_db
def test_a_day_that_is_set_is_seen_at_once() -> None:
    assert not work_calendar().is_workday(date(2026, 10, 7))
    announcing.set_day(date(2026, 10, 7), workday=True, name="抗洪值守", source="清禾区政府通知")
    assert work_calendar().is_workday(date(2026, 10, 7))
    announcing.set_day(date(2026, 10, 7), workday=False, name="国庆节", source="清禾区政府通知")
    assert not work_calendar().is_workday(date(2026, 10, 7))
    assert CalendarDay.objects.filter(day=date(2026, 10, 7)).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "source"), [("", SOURCE), ("国庆节", " ")])
def test_a_day_without_a_name_or_a_source_is_refused(name: str, source: str) -> None:
    with pytest.raises(Refused, match="missing"):
        announcing.set_day(NEW_YEAR, workday=False, name=name, source=source)


@pytest.mark.django_db
def test_announcing_a_year_confirms_it_and_replaces_its_days() -> None:
    announcing.set_day(date(2099, 5, 1), workday=False, name="劳动节", source="暂定")
    assert 2099 not in work_calendar().confirmed_years
    december = ShippedDay(date(2098, 12, 27), True, "元旦调休上班")
    announcing.announce_year(2099, [ShippedDay(NEW_YEAR, False, "元旦"), december], source=SOURCE)
    calendar = work_calendar()
    assert 2099 in calendar.confirmed_years
    assert not calendar.is_workday(NEW_YEAR) and calendar.is_workday(date(2098, 12, 27))
    assert calendar.is_workday(date(2099, 5, 1))
    assert CalendarYear.objects.get(year=2099).source == SOURCE


@pytest.mark.django_db
def test_announcing_a_year_again_corrects_it() -> None:
    announcing.announce_year(2099, [ShippedDay(NEW_YEAR, False, "元旦")], source=SOURCE)
    announcing.announce_year(2099, [ShippedDay(date(2099, 1, 2), False, "元旦")], source=SOURCE)
    assert list(CalendarDay.objects.filter(day__year=2099).values_list("day", flat=True)) == [date(2099, 1, 2)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([ShippedDay(date(2100, 1, 1), False, "元旦")], "calendar.day_outside_year"),
        ([ShippedDay(date(2098, 11, 30), False, "元旦")], "calendar.day_outside_year"),
        ([ShippedDay(NEW_YEAR, False, "元旦"), ShippedDay(NEW_YEAR, True, "元旦")], "calendar.day_twice"),
    ],
)
def test_days_that_do_not_belong_to_the_year_are_refused(days: list[ShippedDay], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        announcing.announce_year(2099, days, source=SOURCE)
    assert refusal.value.code == code
    assert not CalendarYear.objects.filter(year=2099).exists()


@pytest.mark.django_db
def test_office_hours_hold_from_their_date_on() -> None:
    summer = (Window(time(8, 30), time(12)), Window(time(15), time(18)))
    announcing.set_office_hours(date(2026, 6, 1), summer)
    announcing.set_office_hours(date(2026, 10, 1), OFFICE_HOURS)
    assert work_calendar(date(2026, 5, 31)).windows == OFFICE_HOURS
    assert work_calendar(date(2026, 6, 1)).windows == summer == work_calendar(date(2026, 9, 30)).windows
    assert work_calendar(date(2026, 10, 1)).windows == OFFICE_HOURS
    with clock.at_time(datetime.fromisoformat("2026-07-01T10:00+08:00")):
        assert work_calendar().windows == summer


@pytest.mark.django_db
def test_office_hours_that_overlap_are_refused_and_those_in_force_stay() -> None:
    announcing.set_office_hours(date(2026, 6, 1), [Window(time(8), time(16))])
    with pytest.raises(Refused, match="office_hours"):
        announcing.set_office_hours(date(2026, 6, 1), [Window(time(8), time(12)), Window(time(11), time(13))])
    assert work_calendar(date(2026, 6, 1)).windows == (Window(time(8), time(16)),)


@pytest.mark.django_db
def test_seeding_again_adds_missing_years_and_leaves_edited_ones() -> None:
    announcing.set_day(date(2026, 10, 7), workday=True, name="抗洪值守", source="清禾区政府通知")
    CalendarYear.objects.filter(year=2025).delete()
    CalendarDay.objects.filter(day__year=2025).delete()
    queries.forget()
    assert 2025 not in work_calendar().confirmed_years
    assert announcing.seed() == 1
    assert 2025 in work_calendar().confirmed_years
    assert work_calendar().is_workday(date(2026, 10, 7))
    assert announcing.seed() == 0


@pytest.mark.django_db
def test_a_calendar_is_read_once_until_it_changes(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    first = work_calendar()
    with django_assert_num_queries(1):
        assert work_calendar() is first
    CalendarVersion.objects.update_or_create(pk=1, defaults={"token": "edited by another process"})
    assert work_calendar() is not first


@pytest.mark.django_db
def test_between_two_looks_at_the_version_no_query_is_made(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    settings.MODE = "demo"
    present = 100.0
    monkeypatch.setattr(queries.time, "monotonic", lambda: present)
    first = work_calendar()
    CalendarVersion.objects.update_or_create(pk=1, defaults={"token": "edited by another process"})
    with django_assert_num_queries(0):
        assert work_calendar() is first
    present += queries.MAX_AGE_SECONDS
    assert work_calendar() is not first


@pytest.mark.django_db
def test_tables_without_a_year_mean_the_shipped_calendar() -> None:
    CalendarYear.objects.all().delete()
    CalendarDay.objects.all().delete()
    queries.forget()
    assert work_calendar() == shipped_calendar()


@pytest.mark.django_db
def test_without_tables_the_shipped_calendar_answers_and_the_transaction_goes_on(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(CalendarVersion._meta, "db_table", "calendar_not_there")
    with transaction.atomic():
        assert work_calendar() == shipped_calendar()
        assert CalendarYear.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        lambda: CalendarDay(day=date(2026, 10, 1), workday=True, name="国庆节", source=SOURCE),
        lambda: CalendarYear(year=2026, confirmed=False, source=SOURCE),
        lambda: OfficeHours(begin=NEW_YEAR, opens=time(12), closes=time(9)),
        lambda: CalendarVersion(pk=2, token="second"),
    ],
)
def test_the_database_refuses_what_cannot_be(row) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(IntegrityError), transaction.atomic():
        row().save(force_insert=True)
    assert connection.is_usable()
