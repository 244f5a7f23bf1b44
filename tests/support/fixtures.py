"""Fixtures for every test in the repository; conftest.py at the root names this file as a plugin of pytest."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.small_county import County
    from tests.support.snapshot import Snapshot

# Models can't be imported before Django is set up, so the functions import what they need.


@pytest.fixture(scope="session")
def _county_once(django_db_setup: None, django_db_blocker: Any) -> tuple[County, Snapshot]:
    """The small county, built by its commands once in a run, and the rows it is made of."""
    from django.db import transaction

    from tests.support import small_county
    from tests.support.snapshot import Snapshot

    with django_db_blocker.unblock(), transaction.atomic():
        before = Snapshot.take()
        made = small_county.build()
        rows = Snapshot.take(but=before)
        transaction.set_rollback(True)
    return made, rows


@pytest.fixture
def county(_county_once: tuple[County, Snapshot], db: None) -> County:
    """A small county (see small_county.py) for one test alone."""
    from django.db import transaction

    made, rows = _county_once
    with transaction.atomic():
        rows.put_back()
    return copy.deepcopy(made)
