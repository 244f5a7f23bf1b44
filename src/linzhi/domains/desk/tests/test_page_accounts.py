"""账号: who sees it, opening an account, handing out its link, and what an administrator can and can't do to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.audit.models import Entry

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
LIST = "/desk/accounts/"
NEW = {"key": "k1", "name": "钱进", "username": "qian.jin", "phone": "13900002222", "email": ""}


@pytest.fixture
def administrator(county: County, client: Client) -> Client:
    return county.sign_in(client, "administrator")


def _texts() -> list[dict[str, Any]]:
    log = Path(settings.DATA_DIR) / "sms.log"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


@pytest.mark.parametrize("path", [LIST, "/desk/accounts/new/", "/desk/apps/", "/desk/apps/tokens/new/"])
@pytest.mark.parametrize("role", ["county_officer", "community_worker"])
def test_only_administrators_see_accounts_and_tokens(county: County, client: Client, path: str, role: str) -> None:
    assert county.sign_in(client, role).get(path).status_code == 403


def test_the_list_finds_by_name_and_says_how_each_stands(administrator: Client) -> None:
    page = administrator.get(LIST, {"q": "白社"}).content.decode()
    assert "白社" in page
    assert "等本人设密码" in page
    assert "谷格" not in page
    assert "没有这样的账号" in administrator.get(LIST, {"q": "没有这个人"}).content.decode()


def test_an_account_is_opened_once_and_its_link_sent_without_being_shown(administrator: Client) -> None:
    first, again = administrator.post(f"{LIST}new/", NEW), administrator.post(f"{LIST}new/", NEW)
    account = Account.objects.get(username="qian.jin")
    assert first["Location"] == again["Location"] == f"{LIST}{account.pk}/"
    answer = administrator.post(f"{LIST}{account.pk}/link/", {"channel": "sms"}, follow=True)
    text = _texts()[-1]["text"]
    link = re.search(r"http://testserver(/accounts/invitation/\S+/)", text)
    assert link
    assert link[1] not in answer.content.decode()
    assert Client().get(link[1]).status_code == 200
    assert link[1] not in json.dumps(list(Entry.objects.values_list("data", flat=True)))


def test_the_printed_link_is_shown_once_and_not_by_going_back(administrator: Client) -> None:
    administrator.post(f"{LIST}new/", NEW | {"phone": ""})
    account = Account.objects.get(username="qian.jin")
    sheet = administrator.post(f"{LIST}{account.pk}/link/", {"channel": "print"})
    assert "/accounts/invitation/" in sheet.content.decode()
    assert "no-store" in sheet["Cache-Control"]
    assert administrator.get(f"{LIST}{account.pk}/link/").status_code == 405
    assert "/accounts/invitation/" not in administrator.get(f"{LIST}{account.pk}/").content.decode()


def test_what_was_typed_stays_when_the_name_is_taken(administrator: Client) -> None:
    administrator.post(f"{LIST}new/", NEW)
    answer = administrator.post(f"{LIST}new/", NEW | {"key": "k2", "name": "另一个人", "phone": ""})
    assert answer.status_code == 422
    assert "这个用户名已经有人用了" in answer.content.decode()
    assert "另一个人" in answer.content.decode()


def test_no_page_takes_or_shows_a_password(administrator: Client, county: County) -> None:
    pk = county.accounts["community_worker"].pk
    for path in (f"{LIST}new/", f"{LIST}{pk}/", f"{LIST}{pk}/close/"):
        assert 'type="password"' not in administrator.get(path).content.decode()


def test_closing_says_what_happens_asks_why_and_can_be_undone(administrator: Client, county: County) -> None:
    account = county.accounts["community_worker"]
    path = f"{LIST}{account.pk}/close/"
    assert "马上退出所有设备" in administrator.get(path).content.decode()
    assert administrator.post(path, {"reason": ""}).status_code == 422
    administrator.post(path, {"reason": "调到别的社区"})
    account.refresh_from_db()
    assert not account.active
    assert Entry.objects.get(action="accounts.deactivate").data["reason"] == "调到别的社区"
    administrator.post(f"{LIST}{account.pk}/open/", {"reason": "又回来了"})
    account.refresh_from_db()
    assert account.active


def test_the_last_administrator_can_not_lock_everybody_out(administrator: Client, county: County) -> None:
    answer = administrator.post(f"{LIST}{county.accounts['administrator'].pk}/close/", {"reason": "试试"})
    assert answer.status_code == 422
    assert "最后一个系统管理员" in answer.content.decode()


def test_resetting_a_second_factor_asks_how_sure_one_is(administrator: Client, county: County) -> None:
    account = county.accounts["community_worker"]
    account.set_password("green-kettle-42-river")
    account.save()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    path = f"{LIST}{account.pk}/second-factor/"
    assert administrator.post(path, {"reason": " "}).status_code == 422
    administrator.post(path, {"reason": "当面，看过工作证"})
    assert not Authenticator.objects.exists()
    assert administrator.get(path).status_code == 302


@pytest.mark.parametrize("path", ["999999/", "999999/close/", "1/nothing/"])
def test_what_is_not_there_is_not_found(administrator: Client, path: str) -> None:
    assert administrator.get(LIST + path).status_code == 404


def test_a_residents_account_is_not_administered_here(administrator: Client, county: County) -> None:
    assert administrator.get(f"{LIST}{county.accounts['resident'].pk}/").status_code == 404
