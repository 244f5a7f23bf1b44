"""登记邮箱: the page behind 我的账号."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from linzhi.foundation.accounts.models import Account

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/me/email/"
ADDRESS = "wang@example.org"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def email(county: County, role: str) -> str | None:
    return Account.objects.get(pk=county.accounts[role].pk).email


@pytest.mark.parametrize("role", ["resident", "grid_worker"])
def test_an_address_is_added_confirmed_offered_for_messages_and_taken_away(county: County, client: Client, role: str) -> None:
    own = county.sign_in(client, role)
    own.post(PAGE, {"email": ADDRESS})
    page = own.get(PAGE).content.decode()
    assert ADDRESS in page and email(county, role) is None
    found = re.search(r"\d{6}", mail.outbox[-1].body)
    assert found is not None and found[0] not in page
    own.post(PAGE, {"code": found[0]})
    assert email(county, role) == ADDRESS
    account = own.get("/me/account/").content.decode()
    assert ADDRESS in account and "邮件，发到登记的邮箱" in account
    own.post(PAGE, {"forget": "1"})
    assert email(county, role) is None


def test_a_wrong_code_keeps_the_question_and_another_address_may_be_asked_for(county: County, client: Client) -> None:
    own = county.sign_in(client, "resident")
    own.post(PAGE, {"email": ADDRESS})
    answer = own.post(PAGE, {"code": "1"})
    assert answer.status_code == 422 and "再看一眼邮件" in answer.content.decode()
    own.post(PAGE, {"other": "1"})
    assert "发验证码" in own.get(PAGE).content.decode() and email(county, "resident") is None


def test_what_is_no_address_and_too_many_codes_are_refused(county: County, client: Client) -> None:
    own = county.sign_in(client, "resident")
    assert own.post(PAGE, {"email": "不是邮箱"}).status_code == 422
    for _number in range(3):
        own.post(PAGE, {"other": "1"})
        answer = own.post(PAGE, {"email": ADDRESS})
    assert answer.status_code == 422 and "太频繁" in answer.content.decode()
    assert len(mail.outbox) < 3


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
