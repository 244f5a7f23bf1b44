"""The frame of a page: who is here, in which post, where; and that what is remembered outlives no grant and no session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from linzhi.domains.bodies.commands import EndHolding, end_holding
from linzhi.foundation.accounts.commands import Rename, rename
from linzhi.foundation.statements import lately
from tests.support.small_county import County, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return build()


@pytest.fixture
def _remembering(settings: Any) -> Iterator[None]:
    """Memories as outside tests."""
    settings.MODE = "demo"
    lately.forget()
    yield
    lately.forget()


def shown(client: Client, path: str = "/desk/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_says_who_is_here_in_which_post_and_where(client: Client, county: County) -> None:
    page = shown(county.sign_in(client, "community_worker"))
    account, post = county.accounts["community_worker"], county.holdings["community_worker"].post
    assert f"{account.name}　{post.body.name}{post.title}" in page
    assert f"<b>{county.community.name}</b>" in page


@pytest.mark.usefixtures("_remembering")
def test_who_has_given_up_a_post_has_it_no_more_on_the_next_page(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    assert made.title in shown(client, "/desk/requests/")
    holding = county.holdings["community_worker"]
    end_holding(county.actor("administrator"), EndHolding(holding_id=holding.pk, reason="removed"))
    for path in ("/desk/", "/desk/requests/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert made.title not in answer.content.decode()
        assert holding.post.title not in answer.content.decode()


@pytest.mark.usefixtures("_remembering")
def test_two_who_ask_one_after_the_other_see_each_their_own(client: Client, county: County) -> None:
    county.report()
    pages = {role: shown(county.sign_in(Client(), role), "/desk/requests/") for role in ("community_worker", "street_dispatcher")}
    for role, page in pages.items():
        post = county.holdings[role].post
        assert f"{post.body.name}{post.title}" in page
    assert pages["community_worker"] != pages["street_dispatcher"]


def test_a_new_name_stands_on_the_next_page(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    shown(client)
    account = county.accounts["community_worker"]
    rename(county.actor("community_worker"), Rename(account_id=account.pk, name="白社长"))
    assert "白社长" in shown(client)
