"""axe finds nothing on any page, for the person who would open it, on a phone and on a desk, also after clicks."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, expect

from linzhi.web.assets import VENDOR
from tests.browser.axe import OPEN_ALL, at_phone, look
from tests.browser.people import People
from tests.browser.test_axe_sign_in import LOOKED_AT
from tests.browser.visits import NOT_PAGES, STREET, VISITS, Found, Visit
from tests.server import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (VENDOR / "axe.min.js").exists(), reason="axe-core isn't copied: run scripts/assets"),
]


@pytest.fixture(scope="module")
def found(server: Server) -> Found:
    return Found(server)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_axe_finds_nothing(people: People, found: Found, visit: Visit) -> None:
    page = people.at_phone(visit.who)
    try:
        visit.open(page, found)
        page.evaluate(OPEN_ALL)
        wrong = look(page, visit.of_residents, "opened")
        if visit.press:
            page.get_by_role("main").get_by_role("button", name=visit.press).last.click()
            assert page.locator("[role=alert]").count(), "the empty form was taken"
            wrong += at_phone(page, "with errors")
        if visit.acts:
            wrong += forms_of_acts(page)
        assert wrong == []
    finally:
        page.close()


def forms_of_acts(page: Page) -> list[str]:
    """What is wrong with the form of any act that the case page offers, as it comes and with its errors."""
    here = page.url.partition("?")[0]
    links = page.locator("main a[href*='act=']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert links
    wrong = []
    for link in dict.fromkeys(links):
        page.goto(f"{here}?{link.partition('?')[2]}")
        page.evaluate(OPEN_ALL)
        wrong += at_phone(page, link)
    return wrong


def test_on_a_phone_the_desk_is_one_line_with_a_menu(people: People) -> None:
    page = people.at_phone(STREET)
    page.goto("/desk/")
    banner, line = page.locator(".lz-demo").bounding_box(), page.locator(".lz-side").bounding_box()
    assert banner and line and banner["height"] <= 48 and line["height"] <= 64
    page.get_by_text("菜单", exact=True).click()
    assert at_phone(page, "menu") == []
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="诉求", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("诉求")
    page.get_by_text("菜单", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("search")).to_have_count(0)
    page.close()


def test_a_planted_fault_is_found(people: People) -> None:
    page = people.at_phone()
    page.goto("/status/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x.png><p class=wide>' + 'w'.repeat(400))")
    wrong = look(page, False, "planted")
    assert any("image-alt" in one for one in wrong)
    page.close()


def test_every_page_is_visited() -> None:
    visited = {visit.name for visit in VISITS}
    known = names(get_resolver("linzhi.config.urls"))
    pages = {name for name in known if not name.startswith("api:")}
    assert pages - visited - set(NOT_PAGES) - LOOKED_AT == set(), "give the new page a visit in visits.py"
    assert {name for name in visited if not name.startswith("error:")} - pages == set()
    assert (set(NOT_PAGES) | LOOKED_AT) - known == set()


def names(resolver: URLResolver, space: str = "") -> set[str]:
    """The names of all addresses."""
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found |= names(one, space + (f"{one.namespace}:" if one.namespace else ""))
        elif isinstance(one, URLPattern):
            found.add(f"{space}{one.name}")
    return found
