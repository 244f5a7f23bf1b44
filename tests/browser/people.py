"""The people of the demo county at their screens, and what a test asks of a screen.

    people = People(browser, server)
    phone = people.at_phone("王秀兰")

Everybody signs in by the row of the demo, once, in a context of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.server import Server

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PATIENCE = 20_000
STEP = 100


class People:
    """Opens screens; remembers who is signed in. `close` ends all of them."""

    def __init__(self, browser: Browser, server: Server, **context: Any) -> None:
        self.browser = browser
        self.server = server
        self.more = context
        self.contexts: dict[str, BrowserContext] = {}

    def context(self, who: str) -> BrowserContext:
        """The context of somebody by name; an empty name is somebody who isn't signed in."""
        if who not in self.contexts:
            made = self.browser.new_context(base_url=self.server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **self.more)
            made.set_default_timeout(PATIENCE)
            self.contexts[who] = made
            if who:
                page = made.new_page()
                sign_in(page, who)
                page.close()
        return self.contexts[who]

    def at_phone(self, who: str = "") -> Page:
        """A new page of phone size."""
        return self._page(who, PHONE)

    def at_desk(self, who: str = "") -> Page:
        """A new page of desk size."""
        return self._page(who, DESK)

    def _page(self, who: str, size: dict[str, int]) -> Page:
        page = self.context(who).new_page()
        page.set_viewport_size(size)  # type: ignore[arg-type]
        return page

    def close(self) -> None:
        """Close every screen."""
        while self.contexts:
            self.contexts.popitem()[1].close()


def sign_in(page: Page, who: str) -> None:
    """Choose somebody from the row of the demo."""
    page.goto("/demo/")
    page.get_by_role("button", name=who).click()
    expect(page).not_to_have_url(re.compile("/demo/"))


def until(page: Page, true: Callable[[], bool], what: str) -> None:
    """Wait for what a process in the background does; fails with `what` when it doesn't come."""
    for _turn in range(PATIENCE // STEP):
        if true():
            return
        page.wait_for_timeout(STEP)
    raise AssertionError(f"still waiting for: {what}")


def words(page: Page, selector: str) -> list[str]:
    """The visible text of every match, each on one line with single spaces."""
    return [" ".join(text.replace("\u3000", " ").split()) for text in page.locator(selector).all_inner_texts()]
