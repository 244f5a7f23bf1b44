"""What every test needs: test mode, a data folder of its own, and a database file that several threads can share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.settings import FOLDER as _FOLDER

pytest_plugins = ["tests.support.fixtures"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder of this run."""
    shutil.rmtree(_FOLDER, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and say which package brings one. CI must have it."""
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium fonts-noto-cjk"))


def pytest_report_header(config: pytest.Config) -> str:
    """Say which database the run uses."""
    url = os.environ.get("LINZHI_DATABASE_URL", "")
    return f"database: {'PostgreSQL' if url.startswith('postgres') else 'SQLite'}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """SQLite: the test database is a file, since the one in memory locks up when threads share it."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        name = str(_FOLDER / "test.sqlite3")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
        connection.settings_dict["TEST"]["NAME"] = name
    yield


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that touches the database keeps its files in a folder of its own."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        folder = tmp_path_factory.mktemp("data", numbered=True)
        (folder / "files").mkdir()
        settings.DATA_DIR = folder  # type: ignore[attr-defined]
        settings.FILES_DIR = folder / "files"  # type: ignore[attr-defined]
    yield


@pytest.fixture(autouse=True)
def _fresh_cache(settings: object) -> Iterator[None]:
    """No test sees what another one cached."""
    from django.core.cache import cache

    cache.clear()
    yield


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium for the whole run; pages are opened in contexts of their own."""
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; Django would take the thread for an async one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()
