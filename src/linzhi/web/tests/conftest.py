"""The web layer is tested with its own urls and an invented person; no domain is needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linzhi.web import navigation, shell
from linzhi.web.navigation import Doors, NavItem


@pytest.fixture(autouse=True)
def _own_urls(settings: object) -> None:
    settings.ROOT_URLCONF = "linzhi.web.tests.urls"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_navigation(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_subjects", {})
    monkeypatch.setattr(
        navigation, "_doors", Doors(home="home", search="home", notices="home", account="home", sign_out="home", switch="home")
    )
    monkeypatch.setattr(shell, "provider", lambda request: shell.NOBODY)
    navigation.register(
        [
            NavItem("desk", "工作台", "layout-dashboard", "home"),
            NavItem("requests", "诉求", "message-report", "home", action="requests.list"),
            NavItem("board", "挂图作战", "map", "home", group="看全局"),
            NavItem("ledger", "小区账本", "receipt", "home", place="public"),
        ]
    )
    yield
