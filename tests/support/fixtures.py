"""Fixtures for every test in the repository; conftest.py at the root names this file as a plugin of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.small_county import County


@pytest.fixture
def county(db: None) -> County:
    """A small county of its own for one test (about half a second)."""
    from tests.support import small_county  # models can't be imported before Django is set up

    return small_county.build()
