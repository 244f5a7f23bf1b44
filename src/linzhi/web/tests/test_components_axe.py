"""The page of components in a real browser: axe finds nothing, nothing scrolls sideways, fingers find their targets."""

from __future__ import annotations

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler

from linzhi.web import shell
from linzhi.web.assets import VENDOR

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (VENDOR / "axe.min.js").exists(), reason="axe-core isn't copied: run scripts/assets"),
]

SIZES = [
    ("phone", 390, False),
    ("phone", 390, True),
    ("phone", 320, False),
    ("desk", 1440, False),
    ("desk", 1440, True),
    ("desk", 390, False),
    ("public", 1440, False),
    ("wall", 1440, False),
    ("print", 1000, False),
]
# Anything to be pressed: itself or its label is 44 px high; links inside running text are excepted, as WCAG 2.2 does.
SMALL = """() => [...document.querySelectorAll('a, button, select, summary, input:not([type=hidden])')]
  .filter(e => e.offsetParent && !e.closest('p, td, th, dd, .meta, .skip') && !e.closest('.visually-hidden'))
  .map(e => [e.closest('label') || e, e]).filter(([box]) => box.getBoundingClientRect().height < 43.5)
  .map(([box, e]) => e.outerHTML.slice(0, 90) + ' ' + Math.round(box.getBoundingClientRect().height))"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The pages served from this process, without a database: none of them needs one."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), server_class=_Threaded, handler_class=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, site):  # type: ignore[no-untyped-def]
    opened = []

    def _visit(path: str, width: int, large: bool = False):  # type: ignore[no-untyped-def]
        context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 500)
        if large:
            context.add_cookies([{"name": shell.TYPE_COOKIE, "value": "large", "url": site}])
        page = context.new_page()
        page.problems = []
        page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith((site, "data:", "blob:")) else page.problems.append(request.url),
        )
        page.goto(f"{site}{path}")
        opened.append(context)
        return page

    yield _visit
    for context in opened:
        context.close()


def violations(page) -> list[str]:  # type: ignore[no-untyped-def]
    page.add_script_tag(url="/static/vendor/axe.min.js")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize(("frame", "width", "large"), SIZES)
def test_axe_finds_nothing_also_with_everything_open(visit, frame: str, width: int, large: bool) -> None:  # type: ignore[no-untyped-def]
    page = visit(f"/components/{frame}/", width, large)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page) == []
    assert page.problems == []  # neither a refused script or style nor a part from another host


@pytest.mark.parametrize(
    ("frame", "width", "large"),
    [("phone", 320, False), ("phone", 320, True), ("phone", 390, True), ("desk", 320, False), ("public", 320, False)],
)
def test_nothing_scrolls_sideways_on_a_narrow_phone(visit, frame: str, width: int, large: bool) -> None:  # type: ignore[no-untyped-def]
    page = visit(f"/components/{frame}/", width, large)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("frame", ["phone", "desk", "public"])
def test_fingers_find_every_target_on_a_phone(visit, frame: str) -> None:  # type: ignore[no-untyped-def]
    assert visit(f"/components/{frame}/", 390).evaluate(SMALL) == []


def test_large_type_is_switched_in_place_and_remembered(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit("/components/phone/", 390)
    page.fill("#id_a-what", "灯不亮")
    page.click("[data-type-set=large]")
    assert page.evaluate("document.documentElement.dataset.type") == "large"
    assert page.input_value("#id_a-what") == "灯不亮"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.type") == "large"
    assert violations(page) == []


def test_a_draft_survives_a_reload_and_can_be_dropped(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit("/components/phone/", 390)
    page.fill("#id_a-what", "车库入口灯不亮")
    page.reload()
    assert page.input_value("#id_a-what") == "车库入口灯不亮"
    page.click("text=不要了，重新填")
    page.reload()
    assert page.input_value("#id_a-what") == ""


def test_the_keys_j_and_k_move_in_a_list_but_not_while_typing(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit("/components/desk/", 1440)
    page.focus("body")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "5幢车库入口的灯不亮"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "2幢电梯有异响"
    page.focus("#lz-q")
    page.keyboard.press("j")
    assert page.input_value("#lz-q") == "j"


def test_an_explanation_opens_without_script_and_escape_closes_it(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit("/components/desk/", 1440)
    page.click("section[aria-labelledby=checks] summary")
    assert page.is_visible("text=没算进")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=没算进")
