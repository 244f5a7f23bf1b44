"""我的事, and the public list of an estate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.requests.tests.acts import act, to_be_looked_at

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def test_mine_shows_what_waits_for_me_first(client: Client, county: County) -> None:
    to_be_looked_at(county, county.report(text="楼道灯不亮"))
    county.report(text="垃圾没人清")
    county.report("owner", text="业主自己的事")
    shown = county.sign_in(client, "resident").get("/my/").content.decode()
    assert shown.index("楼道灯不亮") < shown.index("垃圾没人清")
    assert "等您看看" in shown
    assert "业主自己的事" not in shown


def test_what_i_follow_is_beside_it(client: Client, county: County) -> None:
    made = county.report(text="垃圾没人清")
    act(county, "neighbour", "follow", made)
    county.sign_in(client, "neighbour")
    assert "还没有报过事" in client.get("/my/").content.decode()
    assert "垃圾没人清" in client.get("/my/?show=follows").content.decode()


def test_a_visitor_is_asked_to_sign_in(client: Client, county: County) -> None:
    assert "/accounts/login/?next=/my/" in client.get("/my/")["Location"]


def test_neighbours_see_public_ones_only_and_masked(client: Client, county: County) -> None:
    county.report(text="找过王某 13812345678 没用")
    county.report(text="只给办事的人看", public=False)
    county.report(text="有人卖假票", nature="tip_off")
    shown = client.get(f"/e/{county.estate.code}/requests/").content.decode()
    assert "138****5678" in shown
    assert "只给办事的人看" not in shown
    assert "有人卖假票" not in shown
    assert "居安" not in shown


def test_an_estate_without_any_says_so(client: Client, county: County) -> None:
    assert "还没有公开的事" in client.get(f"/e/{county.other_estate.code}/requests/").content.decode()
