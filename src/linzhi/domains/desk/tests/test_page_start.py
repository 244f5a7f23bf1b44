"""The first page and the estate's home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.places.commands import AddFacility, add_facility
from tests.support import small_county

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def test_a_visitor_chooses_an_estate_by_street(client: Client, county: County) -> None:
    shown = client.get("/").content.decode()
    assert "槐安街道" in shown
    assert f'href="/e/{county.estate.code}/"' in shown
    assert "/status/" in shown


def test_a_search_finds_by_part_of_the_name(client: Client, county: County) -> None:
    shown = client.get("/?q=柳荫").content.decode()
    assert county.other_estate.code in shown
    assert f"/e/{county.estate.code}/" not in shown


def test_a_search_without_result_helps(client: Client, county: County) -> None:
    assert "没有找到" in client.get("/?q=月亮").content.decode()


def test_a_resident_with_one_home_is_led_there(client: Client, county: County) -> None:
    assert county.sign_in(client, "resident").get("/")["Location"] == f"/e/{county.estate.code}/"
    assert client.get("/?choose=1").status_code == 200


def test_staff_are_led_to_their_desk(client: Client, county: County) -> None:
    assert county.sign_in(client, "community_worker").get("/")["Location"] == "/desk/"


def test_somebody_without_a_home_here_chooses(client: Client, county: County) -> None:
    assert county.sign_in(client, "neighbour").get("/").status_code == 200


def test_the_home_promises_what_the_method_says(client: Client, county: County) -> None:
    shown = client.get(f"/e/{county.estate.code}/").content.decode()
    assert "2 个工作小时内有人应，接单后 5 个工作日内答复" in shown


def test_another_pack_promises_otherwise(client: Client, db: None) -> None:
    county = small_county.build(pack="cn-sichuan-guangan-huaying")
    shown = client.get(f"/e/{county.estate.code}/").content.decode()
    assert "10 分钟内有人应，1 小时内有回音" in shown


def test_the_home_shows_whom_to_call_and_no_private_number(client: Client, county: County) -> None:
    shown = client.get(f"/e/{county.estate.code}/").content.decode()
    for name in ("党正", "谷格", "吴业", "楼好"):
        assert name in shown
    assert 'href="tel:0000-12345"' in shown
    assert "139" not in shown


def test_my_own_matters_are_shown_to_me_only(client: Client, county: County) -> None:
    county.report(text="楼道灯不亮", public=False)
    here = f"/e/{county.estate.code}/"
    assert "楼道灯不亮" not in client.get(here).content.decode()
    shown = county.sign_in(client, "resident").get(here).content.decode()
    assert "楼道灯不亮" in shown
    assert "全部 1 件" in shown


def test_a_qr_code_goes_with_the_report(client: Client, county: County) -> None:
    lift = add_facility(small_county.SETUP, AddFacility(place=county.building.code, kind="elevator", name="1号电梯"), at=small_county.BEGIN)
    assert client.get(f"/q/{lift.code}/")["Location"] == f"/e/{county.estate.code}/report/?facility={lift.code}"
    shown = client.get(f"/e/{county.estate.code}/?facility={lift.code}").content.decode()
    assert "1幢 1号电梯" in shown
    assert f"facility={lift.code}" in shown


def test_what_does_not_exist_is_said(client: Client, county: County) -> None:
    assert client.get("/e/nowhere/").status_code == 404
    assert client.get("/q/nothing/").status_code == 404
