"""Shells, navigation, large type, and parts of pages for htmx."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from linzhi.web import navigation, render, shell
from linzhi.web.apps import shell_links
from linzhi.web.context import page as context
from linzhi.web.navigation import Doors, NavItem
from linzhi.web.shell import Shell

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _sample(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from jinja2 import ChoiceLoader, DictLoader

    env = render.environment()
    text = '{% extends "desk.html" %}{% block title %}诉求{% endblock %}'
    text += "{% block content %}<p>before</p>{% block list %}<ol>{{ ui.row(n) }}</ol>{% endblock %}{% endblock %}"
    monkeypatch.setattr(env, "loader", ChoiceLoader([DictLoader({"pages/part_sample.html": text}), env.loader]))


def someone(*actions: str) -> Shell:
    return Shell(who="赵文静", post="受理岗", crumb=("清禾区", "梧桐社区"), unread=5, may=lambda action: action in actions)


def test_the_shell_is_built_only_when_a_page_shows_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[HttpRequest] = []
    monkeypatch.setattr(shell, "provider", lambda request: asked.append(request) or someone())
    client.get("/part/", headers=HTMX)
    assert asked == []
    client.get("/part/")
    assert len(asked) == 1


def test_htmx_gets_the_block_alone_and_a_browser_the_whole_page(client: Client) -> None:
    part, whole = client.get("/part/", headers=HTMX), client.get("/part/")
    assert part.content.decode().startswith("<ol>") and "<p>before" not in part.content.decode()
    assert "<!doctype html>" in whole.content.decode()
    assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]


def test_a_boosted_link_gets_the_whole_page(client: Client) -> None:
    assert "<!doctype html>" in client.get("/part/", headers={**HTMX, "HX-Boosted": "true"}).content.decode()


def test_a_redirect_of_an_htmx_request_reaches_the_browser(client: Client) -> None:
    answer = client.get("/moved/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/components/")
    assert client.get("/moved/").status_code == 302


def test_pages_are_not_kept_by_shared_caches(client: Client) -> None:
    assert client.get("/part/")["Cache-Control"] == "private, no-cache"


def test_the_side_shows_what_the_person_may_use_and_marks_where_they_are() -> None:
    request = RequestFactory().get("/")
    made = render.page(request, "pages/part_sample.html", {"n": 1}, nav="requests", shell=someone("requests.list")).content.decode()
    assert re.search(r'aria-current="page">.*?诉求</a>', made)
    assert "挂图作战" in made and "看全局" in made and "小区账本" not in made
    assert "诉求</a>" not in render.page(request, "pages/part_sample.html", {"n": 1}, shell=someone()).content.decode()


def test_a_navigation_key_is_given_once() -> None:
    navigation.register([NavItem("desk", "工作台", "layout-dashboard", "home")])  # the same again changes nothing
    with pytest.raises(ValueError, match="'desk' is taken"):
        navigation.register([NavItem("desk", "别的", "home", "home")])


def test_a_link_of_the_shell_that_leads_nowhere_is_found_by_the_system_check() -> None:
    assert shell_links(None) == []
    navigation.register([NavItem("lost", "丢了", "home", "no:such")])
    navigation.open_doors(Doors(home="no:home"))
    assert [error.id for error in shell_links(None)] == ["web.E001", "web.E001"]
    with pytest.raises(NoReverseMatch):
        reverse("no:such")


@pytest.mark.parametrize("method", ["get", "post"])
def test_large_type_is_remembered_and_comes_back_to_the_page(client: Client, method: str) -> None:
    answer = getattr(client, method)("/type/", {"size": "large", "next": "/part/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/part/?a=1")
    assert '<html lang="zh-Hans" data-type="large">' in client.get("/part/").content.decode()
    client.get("/type/", {"size": "normal", "next": "/"})
    assert 'data-type="large"' not in client.get("/part/").content.decode().split(">")[1]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_the_type_switch_leads_to_no_other_host(client: Client, elsewhere: str) -> None:
    assert client.get("/type/", {"size": "large", "next": elsewhere})["Location"] == "/"


def test_the_demo_says_that_it_is_one_and_who_one_is(client: Client, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "provider", lambda request: someone())
    settings.DEMO = True  # type: ignore[attr-defined]
    assert "演示：数据都是编的。" in (html := client.get("/part/").content.decode()) and "<b>赵文静</b>" in html and "，受理岗" in html
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "演示" not in client.get("/part/").content.decode()


def test_sign_in_pages_get_the_same_shell() -> None:
    request = RequestFactory().get("/accounts/login/?next=/x/")
    given = context(request)
    assert given["here"] == "/accounts/login/?next=/x/" and given["large_type"] is False and given["shell"].signed_in is False


def test_changing_one_condition_of_a_list_keeps_the_others() -> None:
    request = RequestFactory().get("/?state=open&estate=3&page=4&tag=a&tag=b")
    query = render.environment().globals["query"]
    assert query(request.GET, page=None, estate=5) == "?state=open&tag=a&tag=b&estate=5"
