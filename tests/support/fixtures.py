"""Fixtures for every test in the repository; conftest.py at the root names this file as a plugin of pytest."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from linzhi.domains.places.tests.ground import SmallCounty
    from tests.support.small_county import County
    from tests.support.snapshot import Snapshot

T = TypeVar("T")
# Models can't be imported before Django is set up, so the functions import what they need.


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """SQLite empties tables row by row after a test with its own transactions, and append-only tables refuse; the triggers step aside."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    plain = DatabaseOperations.execute_sql_flush

    def flush(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        plain(self, statements)
        with self.connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = flush
    yield
    DatabaseOperations.execute_sql_flush = plain


@pytest.fixture(autouse=True)
def _nothing_is_taken_for_stored() -> None:
    """A process remembers which texts of methods the database has; the test before may have emptied it."""
    from linzhi.flow import library

    library._stored.clear()


def _once(build: Callable[[], T], blocker: Any) -> tuple[T, Snapshot]:
    """What `build` makes by commands, and the rows it is made of; nothing stays."""
    from django.db import transaction

    from tests.support.snapshot import Snapshot

    with blocker.unblock(), transaction.atomic():
        before = Snapshot.take()
        made = build()
        rows = Snapshot.take(but=before)
        transaction.set_rollback(True)
    return made, rows


def _again(made: T, rows: Snapshot) -> T:
    from django.db import transaction

    with transaction.atomic():
        rows.put_back()
    return copy.deepcopy(made)


@pytest.fixture(scope="session")
def _county_once(django_db_setup: None, django_db_blocker: Any) -> tuple[County, Snapshot]:
    from tests.support import small_county

    return _once(small_county.build, django_db_blocker)


@pytest.fixture
def county(_county_once: tuple[County, Snapshot], db: None) -> County:
    """A small county (see small_county.py) for one test alone; built once in a run."""
    return _again(*_county_once)


@pytest.fixture(scope="session")
def _ground_once(django_db_setup: None, django_db_blocker: Any) -> tuple[SmallCounty, Snapshot]:
    from linzhi.domains.places.tests.ground import make_ground

    return _once(make_ground, django_db_blocker)


@pytest.fixture
def ground(_ground_once: tuple[SmallCounty, Snapshot], db: None) -> SmallCounty:
    """Two communities and three estates (see places/tests/ground.py) for one test alone; built once in a run."""
    return _again(*_ground_once)
