"""Every component renders, is documented, and is shown on the page of components."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from jinja2 import UndefinedError

from linzhi.web import render
from linzhi.web.jinja import COMPONENTS, icon
from linzhi.web.pages.components import FRAMES

SHELLS_OWN = {"mark", "back", "typeswitch", "crumb", "who", "bench", "quick", "side", "foot", "notes", "demo_banner"}


def test_every_macro_has_a_home_and_one_only() -> None:
    ui = render.environment().globals["ui"]
    assert len(ui.homes()) > 50


def test_every_macro_says_its_arguments_at_the_top_of_its_file() -> None:
    for path in COMPONENTS.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        head = text[: text.index("#}")]
        for name in re.findall(r"{% macro ([a-z]\w*)\(", text):
            assert re.search(rf"^\s+{name}\(", head, re.MULTILINE), f"{path.name} doesn't document {name}"


def test_every_macro_is_shown_on_the_page_of_components() -> None:
    shown = (COMPONENTS.parent / "pages" / "components.html").read_text(encoding="utf-8")
    inside = "".join(path.read_text(encoding="utf-8") for path in COMPONENTS.glob("*.html"))
    for name in render.environment().globals["ui"].homes():
        called_by_another = re.search(rf"(?<!macro )\b{name}\(", re.sub(r"{#.*?#}", "", inside, flags=re.DOTALL))
        assert name in SHELLS_OWN or f"ui.{name}(" in shown or called_by_another, f"{name} isn't shown"


@pytest.mark.parametrize("frame", FRAMES)
def test_the_page_of_components_renders_in_every_shell(client: Client, frame: str) -> None:
    answer = client.get(f"/components/{frame}/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert '<main class="lz-' in html and 'id="main"' in html
    assert "{{" not in html and "None" not in html
    assert not re.search(r"<h1[^>]*>\s*</h1>", html)


def test_no_element_carries_a_style_but_the_four_properties(client: Client) -> None:
    html = client.get("/components/public/").content.decode()
    for style in re.findall(r'style="([^"]*)"', html):
        assert re.fullmatch(r"(--[vtcr]:[0-9.]+;?)+", style)
    assert "<style" not in html and not re.search(r"\son[a-z]+=", html)


def test_ids_on_a_page_are_unique(client: Client) -> None:
    ids = re.findall(r'\bid="([^"]+)"', client.get("/components/desk/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_a_missing_value_is_an_error_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        render.environment().from_string("{{ nothing }}").render()


def test_what_people_write_is_escaped_everywhere() -> None:
    evil = "<script>1</script>"
    made = (
        render.environment()
        .from_string('{{ ui.row(e, "#", [e], aside=e) }}{{ ui.alert("bad", e, e) }}{{ ui.facts([(e, e)]) }}{{ ui.plate(e) }}')
        .render(e=evil)
    )
    assert "<script>" not in made
    assert made.count("&lt;script&gt;") == 8


def test_an_icon_is_silent_unless_it_is_given_words() -> None:
    assert 'aria-hidden="true"' in icon("phone")
    assert 'aria-label="电话"' in icon("phone", "电话")


def test_a_bar_short_of_its_threshold_says_so_in_words() -> None:
    bar = render.environment().from_string('{{ ui.bar("人数", 294, 588, (1, 2), "过半", strict=True) }}').render()
    assert "还没到" in bar and "lz-bar--short" in bar and "--v:50.00;--t:50.00" in bar
