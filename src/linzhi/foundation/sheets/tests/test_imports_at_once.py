"""Two imports of the same rows at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from linzhi.foundation.sheets import running
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.tests import shelf
from linzhi.foundation.sheets.tests.conftest import Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parallel]


def test_of_two_imports_of_the_same_rows_each_row_is_taken_once(desk: Desk) -> None:
    rows = shelf.many(30)
    ready = []
    for content in (shelf.workbook(rows), shelf.workbook([*rows, ("Z", "末", 1, None)])):
        one = desk.check(content)
        ready.append((one.pk, desk.begin(one, "good_rows")))
    gate = threading.Barrier(len(ready))

    def work(pk: int, runner: str) -> None:
        gate.wait()
        try:
            running.run(pk, runner)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends = SheetImport.objects.filter(pk__in=[pk for pk, _runner in ready])
    assert {one.state for one in ends} == {"done"}
    assert sum(one.taken_new for one in ends) == 31
    assert sum(one.taken_same for one in ends) == 30
    assert len(shelf.contents()) == 31


def test_two_processes_at_one_import_take_each_row_once(desk: Desk) -> None:
    one = desk.check(shelf.workbook(shelf.many(30)))
    runner = desk.begin(one)
    gate = threading.Barrier(2)

    def work() -> None:
        gate.wait()
        try:
            for _step in running.steps(one.pk, runner):  # as if each took the other for dead
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.refresh_from_db()
    assert (one.state, one.taken_new, len(shelf.contents())) == ("done", 30, 30)
