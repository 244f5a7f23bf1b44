"""A line that is remembered: drawn once for the same words, anew for any other, and escaped as ever."""

from __future__ import annotations

from django.utils.translation import override
from jinja2 import DictLoader

from linzhi.web.jinja import environment, remembered

LINE = """{% macro line(title, late) %}<li{% if late %} class="late"{% endif %}>{{ title }}{{ count() }}</li>{% endmacro %}"""
PAGE = """{% extends "frame.html" %}{% block list %}{% import "line.html" as lines %}
{%- for title in titles %}{{ remembered(lines.line, title, late) }}{% endfor %}{% endblock %}"""


def drawn(**given: object) -> str:
    """What a page of lines says; every drawing of a line has the next number."""
    return _page.render(given)


_numbers = iter(range(1, 100))
_env = environment(loader=DictLoader({"frame.html": "{% block list %}{% endblock %}", "page.html": PAGE, "line.html": LINE}))
_env.globals["count"] = lambda: next(_numbers)
_page = _env.get_template("page.html")


def test_the_same_words_are_drawn_once_and_others_anew() -> None:
    first = drawn(titles=["灯不亮", "噪音"], late=False, secret="甲")
    assert first == "<li>灯不亮1</li><li>噪音2</li>"
    assert drawn(titles=["灯不亮", "噪音"], late=False, secret="乙") == first
    assert drawn(titles=["灯不亮"], late=True) == '<li class="late">灯不亮3</li>'


def test_another_language_is_drawn_for_itself() -> None:
    chinese = drawn(titles=["门"], late=False)
    with override("en"):
        english = drawn(titles=["门"], late=False)
    assert english != chinese == drawn(titles=["门"], late=False)


def test_what_somebody_wrote_is_escaped() -> None:
    page = drawn(titles=["<script>alert(1)</script>"], late=False)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert remembered(_env.get_template("line.html").module.line, "<b>", False).count("<b>") == 0  # type: ignore[attr-defined]
