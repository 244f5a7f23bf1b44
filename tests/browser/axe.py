"""Looking at a page with axe, at the sizes that people have."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.people import DESK, PHONE

NARROW = {"width": 320, "height": 800}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 140)} ${n.failureSummary.slice(0, 160)}`));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The menu of the phone lies over the page; a test of its own opens it.
OPEN_ALL = "document.querySelectorAll('details:not(.lz-menu)').forEach(d => { d.open = true; })"
LARGE = "size => { document.documentElement.dataset.type = size; }"


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it stands, once it is there: a click may still be on its way to it."""
    page.wait_for_load_state("load")
    page.wait_for_function("document.head !== null && document.readyState === 'complete'")
    if page.evaluate("typeof axe") == "undefined":
        page.add_script_tag(url="/static/vendor/axe.min.js")
    said: list[str] = page.evaluate(RUN, TAGS)
    return said


def look(page: Page, large: bool, what: str) -> list[str]:
    """What is wrong with a page as it stands, at every size."""
    wrong = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wrong += [f"{what}, {size['width']} px: {one}" for one in violations(page)]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    for letters in ("normal", "large") if large else ("normal",):
        page.evaluate(LARGE, letters)
        if (over := page.evaluate(SIDEWAYS)) > 0:
            wrong.append(f"{what}, 320 px, {letters} type: scrolls sideways by {over} px")
    if large:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wrong += [f"{what}, large type: {one}" for one in violations(page)]
        page.evaluate(LARGE, "normal")
    return wrong


def at_phone(page: Page, what: str) -> list[str]:
    """What is wrong with a page on a phone only."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    over = page.evaluate(SIDEWAYS)
    return [f"{what}: {one}" for one in violations(page)] + ([f"{what}: scrolls sideways by {over} px"] if over > 0 else [])
