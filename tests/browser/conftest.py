"""Fixtures of the browser tests: the people of the demo county, on the server of the file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.people import People
from tests.server import Server


@pytest.fixture(scope="module")
def people(browser: object, server: Server) -> Iterator[People]:
    """Everybody at the server of this file; each signs in once."""
    made = People(browser, server)  # type: ignore[arg-type]
    yield made
    made.close()
