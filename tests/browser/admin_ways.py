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


def holding(page: Page, found: Any) -> None:
    """The question before a legal hold is lifted."""
    page.goto("/desk/holds/new/?what=rule")
    page.get_by_label("哪一类信息").select_option(label="消息")
    page.get_by_label("依据").fill("清禾区人民法院协助执行通知书（2026）第 31 号")
    page.get_by_label("最后一天").fill("2027-06-30")
    page.get_by_role("button", name="暂停删除", exact=True).click()
    page.get_by_role("link", name=re.compile("^解除")).first.click()


def consent_ahead(page: Page, found: Any) -> None:
    """What the next version of a text would do."""
    page.goto("/desk/consents/people.skills/new/")
    page.get_by_label("正文").fill("社区和邻居需要时，可以联系我来帮忙。只在登记的时间打扰我，随时可以撤回。")
    page.get_by_role("button", name="看看会怎样").click()


def published(page: Page, found: Any) -> None:
    """A text with its versions."""
    consent_ahead(page, found)
    page.get_by_role("button", name="发布", exact=True).click()


def mailed(page: Page, found: Any) -> None:
    """The question for the code that went to a mailbox."""
    page.goto("/me/email/")
    page.get_by_label("邮箱", exact=True).fill("wang@example.org")
    page.get_by_role("button", name="发验证码").click()
