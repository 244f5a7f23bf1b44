"""看号码: only for a purpose, only once, always logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.requests.tests.acts import in_hand
from linzhi.foundation.privacy.models import Opening

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PHONE = "13900001111"


def test_the_number_is_masked_until_a_purpose_is_given_and_the_look_is_logged(client: Client, county: County) -> None:
    made = in_hand(county, county.report(contact_name="王秀兰", contact_phone=PHONE))
    county.sign_in(client, "property_handler")
    assert PHONE not in client.get(f"/desk/requests/{made.pk}/").content.decode()
    assert PHONE not in client.get(f"/desk/requests/{made.pk}/contact/").content.decode()
    assert client.post(f"/desk/requests/{made.pk}/contact/", {}).status_code == 422
    assert not Opening.objects.exists()
    answer = client.post(f"/desk/requests/{made.pk}/contact/", {"purpose": "visit", "note": "约时间"})
    assert PHONE in answer.content.decode()
    assert "王秀兰" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    logged = list(Opening.objects.order_by("field").values_list("field", "purpose", "concerns", "actor_name"))
    expected = ("上门核实：约时间", county.accounts["resident"].pk, "吴业")
    assert logged == [("contact_name", *expected), ("contact_phone", *expected)]
    assert PHONE not in client.get(f"/desk/requests/{made.pk}/contact/").content.decode()


def test_those_who_only_watch_and_the_body_complained_about_may_not_look(client: Client, county: County) -> None:
    company = county.bodies["property_company"].pk
    made = in_hand(county, county.report(contact_phone=PHONE, nature="complaint", accused_body_id=company))
    for role in ("committee_member", "property_handler"):
        county.sign_in(client, role)
        assert "看号码" not in client.get(f"/desk/requests/{made.pk}/").content.decode()
        assert client.post(f"/desk/requests/{made.pk}/contact/", {"purpose": "contact"}).status_code == 403
    assert not Opening.objects.exists()
