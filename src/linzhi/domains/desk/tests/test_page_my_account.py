"""我的账号: what everybody changes about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.notify.models import ChannelChoice

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/me/account/"


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    answer = client.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={PAGE}")


@pytest.mark.parametrize("role", ["resident", "grid_worker", "administrator"])
def test_everybody_has_one_and_every_page_leads_there(county: County, client: Client, role: str) -> None:
    signed_in = county.sign_in(client, role)
    assert signed_in.get(PAGE).status_code == 200
    assert f'href="{PAGE}"' in signed_in.get("/inbox/").content.decode()


def test_one_changes_ones_own_name_and_nobody_elses(county: County, client: Client) -> None:
    county.sign_in(client, "resident").post(PAGE, {"name": "王阿姨", "account_id": county.accounts["owner"].pk})
    assert Account.objects.get(pk=county.accounts["resident"].pk).name == "王阿姨"
    assert Account.objects.get(pk=county.accounts["owner"].pk).name == "业安"


def test_an_empty_name_is_refused_and_an_overlong_one(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "resident")
    assert [signed_in.post(PAGE, {"name": name}).status_code for name in ("", " ", "长" * 41)] == [422, 422, 422]


def test_the_number_is_masked(county: County, client: Client) -> None:
    page = county.sign_in(client, "resident").get(PAGE).content.decode()
    assert "139****0000" in page
    assert "13900000000" not in page


def test_text_messages_are_turned_off_and_on_again_and_the_inbox_never(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "resident")
    signed_in.post(PAGE, {"channels": "1"})
    own = ChannelChoice.objects.get(account_id=county.accounts["resident"].pk)
    assert (own.channel, own.off) == ("sms", True)
    signed_in.post(PAGE, {"channels": "1", "channel": "sms"})
    own.refresh_from_db()
    assert not own.off
    signed_in.post(PAGE, {"channels": "1", "channel": "inbox"})
    assert set(ChannelChoice.objects.values_list("channel", flat=True)) == {"sms"}


def test_residents_are_not_offered_a_password(county: County, client: Client) -> None:
    page = county.sign_in(client, "resident").get(PAGE).content.decode()
    assert "改密码" not in page
    assert "第二道验证" in page


def test_signing_out_everywhere_ends_the_other_session_too(county: County, client: Client) -> None:
    other = county.sign_in(Client(), "resident")
    county.sign_in(client, "resident").post("/accounts/logout/everywhere/")
    assert other.get(PAGE).status_code == 302
