"""Any changed, missing or reordered entry is found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from linzhi.foundation.audit import journal
from linzhi.foundation.audit.chain import seal_batch, verify
from linzhi.foundation.audit.models import Entry, Link, Seal

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def write(n: int) -> list[Entry]:
    return [
        journal.record(at=AT, actor="person:1", basis="b", action="x.do", subject=f"x.y:{i}", place="", data={"词": i, "b": [1, None]})
        for i in range(n)
    ]


@pytest.fixture
def unlocked() -> None:
    """Take the triggers away, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_link", "audit_seal"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")


def test_an_untouched_log_has_no_flaws() -> None:
    write(5)
    assert seal_batch(AT) == 5
    write(3)
    assert seal_batch(AT) == 3
    assert seal_batch(AT) == 0
    assert list(verify()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x.other'", "DELETE FROM audit_entry", "DELETE FROM audit_seal"])
def test_the_database_itself_refuses_to_change_or_delete(statement: str) -> None:
    write(1)
    seal_batch(AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_changed_entry_is_found(unlocked: None) -> None:
    entries = write(4)
    seal_batch(AT)
    Entry.objects.filter(pk=entries[2].pk).update(basis="somebody else")
    assert [(flaw.kind, flaw.where) for flaw in verify()] == [("changed", f"entry {entries[2].pk}")]


def test_a_changed_detail_deep_in_the_data_is_found(unlocked: None) -> None:
    entries = write(1)
    seal_batch(AT)
    Entry.objects.filter(pk=entries[0].pk).update(data={"词": 0, "b": [1, 0]})
    assert [flaw.kind for flaw in verify()] == ["changed"]


def test_a_missing_entry_is_found(unlocked: None) -> None:
    entries = write(4)
    seal_batch(AT)
    Entry.objects.filter(pk=entries[1].pk).delete()
    assert [(flaw.kind, flaw.where) for flaw in verify()] == [("missing", f"entry {entries[1].pk}")]


def test_swapped_entries_are_found(unlocked: None) -> None:
    entries = write(3)
    seal_batch(AT)
    a, b = Entry.objects.get(pk=entries[0].pk), Entry.objects.get(pk=entries[1].pk)
    Entry.objects.filter(pk=a.pk).update(subject=b.subject, data=b.data)
    Entry.objects.filter(pk=b.pk).update(subject=a.subject, data=a.data)
    assert {flaw.kind for flaw in verify()} == {"changed"}


def test_reordering_the_chain_itself_is_found(unlocked: None) -> None:
    write(2)
    seal_batch(AT)
    one, two = Link.objects.order_by("position")
    Link.objects.filter(pk=one.pk).update(position=9)
    Link.objects.filter(pk=two.pk).update(position=0)
    Link.objects.filter(pk=one.pk).update(position=1)
    assert "chain" in {flaw.kind for flaw in verify()}


def test_taking_out_a_whole_batch_is_found(unlocked: None) -> None:
    for _ in range(3):
        write(2)
        seal_batch(AT)
    Link.objects.filter(seal=2).delete()
    Seal.objects.filter(number=2).delete()
    assert "chain" in {flaw.kind for flaw in verify()}


def test_an_entry_with_a_lower_number_that_commits_late_joins_the_next_batch(unlocked: None) -> None:
    first, late, third = write(3)
    Entry.objects.filter(pk=late.pk).delete()
    assert seal_batch(AT) == 2
    late.save(force_insert=True)
    assert seal_batch(AT) == 1
    assert list(verify()) == []
