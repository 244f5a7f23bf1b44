"""登记一件事: written down for somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linzhi.domains.requests.models import Request

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def form(county: County, **more: Any) -> dict[str, Any]:
    """A filled-in form."""
    return {"key": "k", "channel": "grid", "text": "楼道灯不亮了", "place_code": county.building.code, "nature": "help"} | more


def test_a_grid_worker_writes_for_somebody_and_is_recorded_as_the_helper(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    assert client.get("/desk/requests/new/").status_code == 200
    answer = client.post("/desk/requests/new/", form(county, contact_name="王秀兰", contact_phone="13900001111"))
    made = Request.objects.get()
    assert answer["Location"] == f"/desk/requests/{made.pk}/"
    assert made.helper_id == county.accounts["grid_worker"].pk
    assert (made.channel, made.category, made.contact_phone.masked) == ("grid", "facility.lighting", "139****1111")


def test_what_is_alike_is_shown_before_it_is_kept(client: Client, county: County) -> None:
    earlier = county.report(text="楼道灯不亮了，晚上看不见")
    county.sign_in(client, "community_worker")
    shown = client.post("/desk/requests/new/", form(county)).content.decode()
    assert "是不是这里面的一件？" in shown
    assert earlier.number in shown
    assert Request.objects.count() == 1
    client.post("/desk/requests/new/", form(county, confirmed="1"))
    client.post("/desk/requests/new/", form(county, confirmed="1"))
    assert Request.objects.count() == 2


def test_an_emergency_shows_the_numbers_and_mistakes_keep_what_was_typed(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    answer = client.post("/desk/requests/new/", form(county, text="三楼着火了", place_code="", contact_phone="abc"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "tel:119" in shown
    assert "三楼着火了" in shown
    assert "电话号码不对" in shown
    assert "请选小区或楼栋" in shown


def test_a_tip_off_names_the_body_it_is_hidden_from(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    company = county.bodies["property_company"].pk
    client.post("/desk/requests/new/", form(county, nature="tip_off", accused_body_id=company))
    assert Request.objects.get().hidden_from_body_id == company


def test_those_who_may_not_write_for_others_are_refused(client: Client, county: County) -> None:
    for role in ("property_handler", "committee_member", "resident"):
        county.sign_in(client, role)
        assert client.get("/desk/requests/new/").status_code == 403
    county.sign_in(client, "foreign_officer")
    assert client.post("/desk/requests/new/", form(county)).status_code == 422
    assert not Request.objects.exists()
