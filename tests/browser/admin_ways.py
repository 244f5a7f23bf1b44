"""The ways to the administrator's pages that only an act leads to; `found` is visits.Found."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page


def printed(page: Page, found: Any) -> None:
    """The sheet with a link, just printed."""
    page.goto(f"/desk/accounts/{found.account('林晓梅')}/")
    page.get_by_role("radio", name="打印出来").check()
    page.get_by_role("button", name="交付链接").click()


def issued(page: Page, found: Any) -> None:
    """A token, just issued."""
    page.goto("/desk/apps/tokens/new/")
    page.get_by_label("名称", exact=True).fill("热线系统")
    page.get_by_text("小区和楼栋（").click()
    page.get_by_role("checkbox", name="查看小区").check()
    page.get_by_role("button", name="发令牌").click()


def revoking(page: Page, found: Any) -> None:
    """The question before a token is taken away."""
    issued(page, found)
    page.goto("/desk/apps/")
    page.get_by_role("link", name=re.compile("^吊销")).first.click()


def touching(page: Page, found: Any) -> None:
    """What a changed day would touch."""
    page.goto("/desk/calendar/day/")
    page.get_by_label("哪一天").fill("2026-12-31")
    page.get_by_role("radio", name="休息").check()
    page.get_by_label("叫什么").fill("抗雪")
    page.get_by_label("依据").fill("区政府通知")
    page.get_by_role("button", name="看看会影响什么").click()


def announcing(page: Page, found: Any) -> None:
    """A year's notice, as it was read."""
    page.goto("/desk/calendar/2099/")
    page.get_by_label("依据").fill("国务院办公厅关于2099年部分节假日安排的通知")
    page.get_by_label("和平常不一样的日子").fill("2099-01-01 休 元旦\n2099-01-04 班 元旦调休上班")
    page.get_by_role("button", name="核对").click()
