"""What is kept is what the ORM says: the same rows read, the same rows written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, IntegerField, Q, QuerySet, Subquery
from django.db.models.sql import Query

from linzhi.foundation.audit.models import Entry
from linzhi.foundation.outbox.models import Event, JobRun
from linzhi.foundation.statements import kept, planned, rows
from linzhi.foundation.territory.models import Territory

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


def places(*names: str) -> None:
    for number, name in enumerate(names, start=1):
        Territory.objects.create(code=f"T{number}", name=name, level="nation", path=f"{number:05d}", begin=date(2020, number, 1))


def named(name: str) -> QuerySet[Territory, Any]:
    return Territory.objects.filter(name=name)


def test_a_kept_statement_finds_for_each_value_what_the_orm_finds() -> None:
    places("甲", "乙")
    for name in ("甲", "乙", "丙", "甲"):
        found = kept.load(Territory, "test.named", named, name)
        assert [(row.pk, row.code, row.begin) for row in found] == [(row.pk, row.code, row.begin) for row in named(name)]


def test_moments_days_and_flags_come_back_as_the_orm_gives_them() -> None:
    places("甲")
    Event.objects.create(name="x.Y", at=AT, data={"n": [1, {"字": None}]})

    def events(at: datetime) -> QuerySet[Event, Any]:
        return Event.objects.filter(at__lte=at).values_list("at", "data")

    def begun(day: date) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(begin__lte=day).values_list("begin", "end")

    assert kept.fetch("test.events", events, AT) == list(events(AT))
    assert kept.fetch("test.begun", begun, date(2020, 1, 1)) == [(date(2020, 1, 1), None)]
    assert kept.fetch("test.begun", begun, date(2019, 12, 31)) == []


def test_the_query_is_built_once_and_only_once() -> None:
    built = []

    def build(name: str) -> QuerySet[Territory, Any]:
        built.append(name)
        return named(name)

    kept.forget()
    for name in ("甲", "乙", "丙"):
        kept.fetch("test.once", build, name)
    assert len(built) == 2, "once with each kind of stand-in"


def test_a_value_that_the_query_computes_with_is_refused_instead_of_being_kept() -> None:
    def build(name: str) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(name=name + "区")

    with pytest.raises(ValueError, match="don't reach"):
        kept.fetch("test.computed", build, "甲")


def test_a_value_that_stands_once_as_it_is_and_once_computed_is_refused() -> None:
    def build(name: str) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(Q(name=name) | Q(name=name + "区"))

    places("甲", "乙", "乙区")
    kept.forget()
    with pytest.raises(ValueError, match="computed with"):
        kept.fetch("test.both", build, "甲")


def test_a_value_that_only_decides_what_the_statement_says_is_refused() -> None:
    def shorter(at: datetime, name: str) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(begin__lte=at.date(), name=name)[: at.year - 1800]

    def either(number: int) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(pk=number) if number % 2 else Territory.objects.filter(pk=number, name="甲")

    with pytest.raises(ValueError, match="changes the text"):
        kept.fetch("test.shorter", shorter, AT, "甲")
    with pytest.raises(ValueError, match="changes the text"):
        kept.fetch("test.either", either, 7)


def test_a_query_that_can_find_nothing_finds_nothing() -> None:
    def build(name: str) -> QuerySet[Territory, Any]:
        return Territory.objects.filter(pk__in=(), name=name)

    assert kept.fetch("test.nothing", build, "甲") == []


def test_several_counts_in_one_row_are_those_of_aggregate() -> None:
    places("甲", "乙", "甲")
    counts = {"n": Count("pk"), "names": Count("name", distinct=True)}

    def build() -> Query:
        return kept.one_row(Territory.objects.order_by("path"), **counts)

    assert kept.fetch("test.counts", build) == [tuple(Territory.objects.aggregate(**counts).values())] == [(3, 2)]


def test_a_count_of_other_rows_stands_beside_a_count() -> None:
    places("甲", "乙")
    JobRun.objects.create(name="once")

    def build() -> Query:
        jobs: Any = kept.one_row(JobRun.objects.all(), n=Count("pk"))
        return kept.one_row(Territory.objects.all(), n=Count("pk"), jobs=Subquery(jobs, output_field=IntegerField()))

    assert kept.fetch("test.beside", build) == [(2, 1)]


def test_a_row_that_is_added_is_the_row_that_save_would_have_stored() -> None:
    values: dict[str, Any] = {"at": AT, "actor": "person:1", "basis": "anyone", "action": "x.y", "subject": "", "place": "00001"}
    added = rows.add(Entry(**values, data={"字": [1, None]}))
    saved = Entry.objects.create(**values, data={"字": [1, None]})
    assert added.pk and added._state.adding is False
    columns = [name for name in kept.columns(Entry) if name != "id"]
    assert list(Entry.objects.filter(pk=added.pk).values_list(*columns)) == list(Entry.objects.filter(pk=saved.pk).values_list(*columns))


def test_a_row_that_breaks_a_rule_of_the_database_is_refused() -> None:
    rows.add(JobRun(name="once"))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.add(JobRun(name="once"))


def test_a_change_writes_the_named_columns_and_no_others() -> None:
    job = rows.add(JobRun(name="job", last_error="before"))
    job.failures, job.last_started, job.last_error = 3, AT, "not written"
    rows.change(job, ("failures", "last_started"))
    job.refresh_from_db()
    assert (job.failures, job.last_started, job.last_error) == (3, AT, "before")


def test_a_change_of_a_row_that_is_gone_is_refused() -> None:
    job = rows.add(JobRun(name="job"))
    JobRun.objects.all().delete()
    with pytest.raises(LookupError):
        rows.change(job, ("failures",))


def test_what_was_planned_in_a_transaction_that_was_rolled_back_is_run_again() -> None:
    planned._planned.clear()
    planned._texts.cache_clear()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DEALLOCATE ALL")
    for _attempt in range(2):
        with pytest.raises(RuntimeError), transaction.atomic():
            rows.add(JobRun(name="undone"))
            raise RuntimeError
    assert rows.add(JobRun(name="undone")).pk
    assert JobRun.objects.filter(name="undone").count() == 1


def test_signs_of_the_database_in_a_value_or_a_statement_stay_what_they_are() -> None:
    with connection.cursor() as cursor:
        planned.run(cursor, "INSERT INTO outbox_jobrun (name, last_error, failures) VALUES (%s, '100%%' || %s, 0)", ["a", "$1 %s %%"])
    assert list(JobRun.objects.values_list("name", "last_error")) == [("a", "100%$1 %s %%")]
