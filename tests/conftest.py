"""Fixtures of the tests that look at the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import Server, demo_server, forget_prepared


@pytest.fixture(scope="session", autouse=True)
def _prepared_county() -> Iterator[None]:
    yield
    forget_prepared()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo county served with a worker, shared by the tests of one file; its clock stands until a test moves it."""
    with demo_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same for one test alone, for tests that kill or spoil it."""
    with demo_server(tmp_path_factory.mktemp("server")) as running:
        yield running
