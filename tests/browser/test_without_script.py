"""With JavaScript switched off: a resident reports with a photo, staff perform an act, the resident answers; every page has its way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import photos
from tests.browser.people import People
from tests.server import Server

pytestmark = pytest.mark.browser
TEXT = "9幢门口的减震垫翘边了，推童车总被卡住。"


@pytest.fixture
def plain(browser: Browser, server: Server) -> Iterator[People]:
    """People whose browsers run no scripts."""
    made = People(browser, server, java_script_enabled=False)
    yield made
    made.close()


def test_a_report_an_act_and_an_answer_need_no_script(plain: People, server: Server) -> None:
    pk = report(plain.at_phone("王秀兰"))
    worker = plain.at_phone("林晓梅")
    act(worker, pk, "响应", "响应并发出", {"给居民的话": "收到了，我这就去现场看。"}, preview="收到了，我这就去现场看。")
    server.set_clock(server.now + timedelta(minutes=10))
    act(worker, pk, "自办直结", "当场办结并发出", {"怎么办的": "垫子粘牢了，推车试过。"})
    act(worker, pk, "核实了，请居民看", "请居民看并发出", {})

    page = plain.at_phone("王秀兰")
    page.goto(f"/requests/{pk}/")
    expect(page.get_by_text("垫子粘牢了，推车试过。")).to_be_visible()
    page.get_by_role("button", name="没解决").click()
    page.get_by_label("还差什么").fill("另一头还翘着。")
    page.get_by_role("button", name="请重新办").click()
    expect(page.get_by_text("收到了，已经重新办。")).to_be_visible()


def report(page: Page) -> int:
    """报个事 with a photo; returns the request's id."""
    page.goto("/")
    page.get_by_role("link", name="报个事").first.click()
    page.get_by_label("用您的话说").fill(TEXT)
    page.get_by_label("拍张照").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photos.with_place()})
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("radio", name="3幢", exact=True).check()
    page.get_by_role("button", name="下一步").click()
    if page.get_by_role("link", name="都不是，还是要报").count():
        page.get_by_role("link", name="都不是，还是要报").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="报上去").click()
    page.get_by_role("link", name="看这件事").click()
    return int(re.search(r"/requests/(\d+)/", page.url)[1])  # type: ignore[index]


def act(page: Page, pk: int, choice: str, button: str, fields: dict[str, str], preview: str = "") -> None:
    """One act on the staff page; with `preview` the message is looked at before it is sent."""
    page.goto(f"/desk/requests/{pk}/")
    page.get_by_role("link", name=choice, exact=True).click()
    for label, text in fields.items():
        page.get_by_label(label).fill(text)
    if preview:
        page.get_by_role("button", name="看看消息变成什么样").click()
        expect(page.get_by_text(f"“{TEXT.rstrip('。')}”")).to_contain_text(preview)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(f"做好了：{choice}")).to_be_visible()


def test_the_list_is_filtered_and_a_bulk_act_is_performed_without_script(plain: People) -> None:
    page = plain.at_desk("冯建华")
    page.goto("/desk/requests/")
    page.get_by_label("编号、标题或地址").fill("电梯")
    page.get_by_role("button", name="筛选").click()
    expect(page).to_have_url(re.compile("q="))
    page.get_by_role("checkbox", name=re.compile("^选中：")).first.check()
    page.get_by_role("button", name="督办", exact=True).click()
    page.get_by_label("督办要求").fill("请今天报进展。")
    page.get_by_role("button", name="对这 1 件督办").click()
    expect(page.get_by_text("1 件都做好了。")).to_be_visible()


def test_the_menu_the_map_and_a_kept_draft_need_no_script(plain: People) -> None:
    page = plain.at_phone("冯建华")
    page.goto("/desk/")
    page.get_by_text("菜单", exact=True).click()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="诉求", exact=True).click()
    page.get_by_role("link", name="地图", exact=True).click()
    tile = page.locator(".lz-spot a").first
    place, found = tile.locator("b").inner_text(), int(tile.locator(".num").first.inner_text().split()[0])
    tile.click()
    expect(page.get_by_label("地方").locator("option:checked")).to_contain_text(place)
    assert page.locator("a.what").count() == min(found, 25)
    page.locator("a.what").first.click()
    here = page.url
    page.get_by_role("link", name="内部备注").first.click()
    page.locator("#id_note").fill("先问问社区，写到一半。")
    page.get_by_role("button", name="先存着").click()
    expect(page.get_by_text("存好了，还没发出。")).to_be_visible()
    page.goto(here)
    page.get_by_role("link", name=re.compile("^内部备注")).first.click()
    expect(page.locator("#id_note")).to_have_value("先问问社区，写到一半。")
    page.close()
