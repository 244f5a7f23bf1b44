"""应用与令牌: issuing, what is shown of a token, taking it away, and its rate in the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.foundation.accounts.models import ApiToken

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
APPS, NEW = "/desk/apps/", "/desk/apps/tokens/new/"
GIVEN = {"key": "k1", "name": "热线系统", "account_id": "", "expires": "2099-12-31", "per_minute": "", "scopes": ["places.view_estate"]}


@pytest.fixture
def administrator(county: County, client: Client) -> Client:
    return county.sign_in(client, "administrator")


def _text(page: str) -> str:
    found = re.search(r"lz_[\w-]{40,}", page)
    assert found
    return found[0]


def test_the_text_is_shown_once(administrator: Client) -> None:
    shown = administrator.post(NEW, GIVEN)
    text = _text(shown.content.decode())
    assert "no-store" in shown["Cache-Control"]
    listed = administrator.get(APPS).content.decode()
    assert text not in listed
    assert "查看小区" in listed


def test_sent_twice_it_is_issued_once_and_says_so(administrator: Client) -> None:
    administrator.post(NEW, GIVEN)
    again = administrator.post(NEW, GIVEN, follow=True)
    assert ApiToken.objects.count() == 1
    assert "刚才已经发过" in again.content.decode()


def test_without_a_scope_nothing_is_issued_and_what_was_typed_stays(administrator: Client) -> None:
    answer = administrator.post(NEW, {**GIVEN, "scopes": []})
    assert answer.status_code == 422
    assert "请至少选一项" in answer.content.decode()
    assert "热线系统" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_day_in_the_past_is_refused_at_its_field(administrator: Client) -> None:
    answer = administrator.post(NEW, {**GIVEN, "expires": "2020-01-01"})
    assert answer.status_code == 422
    assert "到期时间要晚于现在" in answer.content.decode()


def test_a_revoked_token_opens_nothing(administrator: Client, county: County) -> None:
    text = _text(administrator.post(NEW, GIVEN).content.decode())
    call = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    place = f"/api/v1/estates/{county.estate.code}"
    assert Client().get(place, **call).status_code != 401  # type: ignore[arg-type]
    token = ApiToken.objects.get()
    assert "不能恢复" in administrator.get(f"/desk/apps/tokens/{token.pk}/revoke/").content.decode()
    administrator.post(f"/desk/apps/tokens/{token.pk}/revoke/")
    assert Client().get(place, **call).status_code == 401  # type: ignore[arg-type]
    assert "吊销了" in administrator.get(APPS).content.decode()


def test_too_many_calls_in_a_minute_are_told_when_to_come_again(administrator: Client, county: County) -> None:
    text = _text(administrator.post(NEW, {**GIVEN, "per_minute": "1"}).content.decode())
    place, call = f"/api/v1/estates/{county.estate.code}", {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    answers = [Client().get(place, **call) for _call in range(3)]  # type: ignore[arg-type]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused["Content-Type"].startswith("application/problem+json")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["code"] == "rate.exceeded"


def test_a_token_that_is_not_there_is_not_found(administrator: Client) -> None:
    assert administrator.get("/desk/apps/tokens/999/revoke/").status_code == 404
