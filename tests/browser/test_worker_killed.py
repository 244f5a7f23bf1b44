"""The worker is killed with -9 in the middle of delivering: every message comes, and comes once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import People, until
from tests.browser.tables import count, rows
from tests.server import Installation, Server, demo_server

pytestmark = pytest.mark.browser

OPEN = "done_at IS NULL AND NOT given_up"
MOST_PAGES = 4  # of 25 cases
KILLS = (0.15, 0.4, 0.65)  # at which share of the deliveries


def test_a_worker_killed_while_it_delivers_loses_nothing_and_doubles_nothing(browser: Browser, tmp_path: Path) -> None:
    with demo_server(tmp_path / "killed", worker=False) as server:
        people = People(browser, server)
        page = people.at_desk("郑国栋")
        page.set_default_timeout(30_000)
        server.run("worker", "--once")
        before = messages(server.installation)
        supervise_many(page)
        total = count(server.installation, "outbox_delivery", OPEN)
        assert total > 40
        server.kill()

        # What a worker does whom nobody disturbs, on a copy.
        undisturbed = server.installation.copy(tmp_path / "undisturbed")
        try:
            undisturbed.run("worker", "--once")
            expected = messages(undisturbed) - before
        finally:
            undisturbed.remove()
        assert sum(expected.values()) > 40

        for share in KILLS:
            kill_at(server, page, round(total * (1 - share)))
        assert 0 < count(server.installation, "outbox_delivery", OPEN) < total

        server.start_worker()
        until(page, lambda: not count(server.installation, "outbox_delivery", OPEN), "the rest of the deliveries")
        assert messages(server.installation) - before == expected
        assert set(expected.values()) == {1}
        assert count(server.installation, "outbox_delivery", "given_up") == 0
        people.close()


def supervise_many(page: Page) -> None:
    """督办 on every open case of the first pages, through the list."""
    for number in range(1, MOST_PAGES + 1):
        answer = page.goto(f"/desk/requests/?tab=open&page={number}")
        assert answer is not None and answer.ok
        if not page.get_by_role("checkbox", name="全选这一页").count():
            break
        page.get_by_role("checkbox", name="全选这一页").check()
        page.get_by_role("button", name="督办", exact=True).click()
        page.get_by_label("督办要求").fill("请今天报进展。")
        page.get_by_role("button", name="督办").click()
        expect(page.get_by_text(re.compile(r"^[1-9]\d* 件都?做好了")).first).to_be_visible()


def kill_at(server: Server, page: Page, left: int) -> None:
    """Let the worker run until at most `left` deliveries are open, then kill -9."""
    server.start_worker()
    until(page, lambda: count(server.installation, "outbox_delivery", OPEN) <= left, f"{left} open deliveries")
    server.kill_worker()


def messages(installation: Installation) -> Counter[tuple[object, ...]]:
    """Every message, by what it is about and who got it on which channel; the key is left out, since it would hide a double."""
    return Counter(
        rows(
            installation,
            "SELECT m.account_id, m.title, m.body, m.subject, d.channel, d.state"
            " FROM notify_message m JOIN notify_delivery d ON d.message_id = m.id",
        )
    )
