"""The pages of 本地规定, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

COUNTY, COMMUNITY = "郑国栋", "赵文静"
_COUNTY_CODE = "SELECT code FROM territory_territory WHERE name = '清禾区'"


def _propose(page: Page, found: Any) -> None:
    """A proposal, just made; or the one that an earlier visit made, since only one waits at a time."""
    page.goto("/desk/rules/")
    waiting = page.get_by_role("link", name="决定公布天数")
    if waiting.count():
        waiting.first.click()
        return
    page.goto(f"/desk/rules/new/?place={found.one(_COUNTY_CODE)}&key=owners_committee.publish_days")
    page.locator("#id_value").fill("2")
    page.locator("#id_begin").fill("2027-06-01")
    page.locator("#id_title").fill("清禾区业委会信息公开办法")
    page.locator("#id_issuer").fill("清禾区住建局")
    page.locator("#id_article").fill("第三条")
    page.locator("#id_reason").fill("让业主早点看到")
    page.get_by_role("button", name="提出来").click()


NOT_PAGES = {
    "compliance:manual_html": "a file",
    "compliance:manual_word": "a file",
    "compliance:rule_end": "needs a value that two persons have agreed on; its form is looked at in the tests of the pages",
}

VISITS = (
    {"name": "compliance:rules", "who": COUNTY, "path": "/desk/rules/"},
    {"name": "compliance:rules", "who": COMMUNITY, "path": "/desk/rules/", "also": "community"},
    {
        "name": "compliance:rule_new", "who": COUNTY, "also": "which",
        "path": lambda found: f"/desk/rules/new/?place={found.one(_COUNTY_CODE)}",
    },
    {
        "name": "compliance:rule_new", "who": COUNTY, "press": "提出来",
        "path": lambda found: f"/desk/rules/new/?place={found.one(_COUNTY_CODE)}&key=disclosure.intervals",
    },
    {"name": "compliance:rule", "who": COUNTY, "go": _propose},
)  # fmt: skip
