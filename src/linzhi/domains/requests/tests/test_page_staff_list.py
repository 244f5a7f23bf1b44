"""The staff list: saved filters, conditions, pages, and many at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.staff_filter import TABS
from linzhi.domains.requests.queries import TABS as KNOWN
from linzhi.domains.requests.tests.acts import act, in_hand

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> str:
    """The page of a list."""
    answer = client.get(f"/desk/requests/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_saved_filter_has_a_name_and_opens(client: Client, county: County) -> None:
    county.report()
    county.sign_in(client, "street_dispatcher")
    assert set(TABS) == set(KNOWN)
    for tab in TABS:
        listed(client, f"?tab={tab}")


def test_a_tab_counts_what_its_list_shows(client: Client, county: County) -> None:
    made = [county.report(text=f"第{n}件事，灯不亮") for n in range(3)]
    in_hand(county, made[0])
    act(county, "community_worker", "decline", made[1], say="不归这里。")
    shown = listed(county.sign_in(client, "community_worker"))
    assert re.search(r'在办 <span class="num">2</span>', shown)
    assert made[1].title not in shown
    assert made[1].title in listed(client, "?tab=unfixed")


def test_conditions_narrow_the_list_and_stand_in_the_address(client: Client, county: County) -> None:
    first = county.report(text="灯不亮了很久", category="facility.lighting")
    other = county.report(text="门口垃圾没人收", place_code=county.other_estate.code, nature="complaint")
    county.sign_in(client, "community_worker")
    for query, here, gone in (
        (f"?place={county.estate.code}", first, other), ("?category=facility", first, other), ("?nature=complaint", other, first),
        ("?q=垃圾", other, first), (f"?q={first.number}", first, other), ("?begin=2099-01-01", None, first),
    ):  # fmt: skip
        shown = listed(client, query)
        assert gone.title not in shown.split("<tbody>")[-1], query
        assert here is None or here.title in shown, query
    assert client.get("/desk/requests/?place=nowhere").status_code == 404


def test_twenty_five_stand_on_a_page_and_nothing_is_counted_for_the_next(client: Client, county: County) -> None:
    for n in range(27):
        county.report(text=f"第{n}件事，灯不亮")
    county.sign_in(client, "community_worker")
    shown = listed(client)
    assert shown.count('name="chosen"') == 25
    assert "?page=2" in shown
    second = listed(client, "?page=2")
    assert second.count('name="chosen"') == 2
    assert 'rel="next"' not in second


def test_the_number_of_statements_does_not_grow_with_the_list(client: Client, county: County) -> None:
    from django.db import connection

    county.sign_in(client, "community_worker")
    county.report()
    counts = []
    for n in range(2):
        with CaptureQueriesContext(connection, ) as statements:
            listed(client)
        counts.append(len(statements))
        for m in range(6):
            county.report(text=f"又一件事 {n} {m}")
    assert counts[1] <= counts[0]


def test_the_chosen_case_stands_beside_the_list_and_comes_alone_to_htmx(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    assert 'id="next-title"' in listed(client, f"?case={made.pk}")
    alone = client.get(f"/desk/requests/{made.pk}/?back=%3Ftab%3Dopen", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in alone
    assert 'id="next-title"' in alone
    assert "act=requests.accept" in alone


def test_an_act_from_beside_the_list_leads_back_to_it(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    form = {"act": "requests.accept", "key": "k", "back": "?tab=open"}
    assert client.post(f"/desk/requests/{made.pk}/", form)["Location"] == f"/desk/requests/?tab=open&case={made.pk}"
    form = {"act": "requests.add_remark", "key": "k2", "note": "记", "back": "https://elsewhere.example/"}
    assert client.post(f"/desk/requests/{made.pk}/", form)["Location"] == f"/desk/requests/{made.pk}/"


def test_many_are_dispatched_and_each_says_what_came_of_it(client: Client, county: County) -> None:
    ready, not_yet = county.report(text="灯不亮，一"), county.report(text="灯不亮，二")
    act(county, "community_worker", "accept", ready)
    county.sign_in(client, "community_worker")
    chosen = {"do": "requests.dispatch", "chosen": [ready.pk, not_yet.pk]}
    asked = client.post("/desk/requests/bulk/", chosen).content.decode()
    assert "对这 2 件派单" in asked
    form = chosen | {"confirmed": "1", "key": "k", "body_id": county.bodies["property_company"].pk, "say": "派了。"}
    shown = client.post("/desk/requests/bulk/", form).content.decode()
    assert "1 件做好了，1 件没做成" in shown
    assert "不能做这个" in shown
    assert Request.objects.get(pk=ready.pk).matter.step == "sign"
    assert Request.objects.get(pk=not_yet.pk).matter.step == "accept"


def test_unlocated_sheets_get_a_place_in_bulk(client: Client, county: County) -> None:
    from linzhi.domains.requests.commands import TakeSheet, take_sheet

    made = [
        take_sheet(
            county.actor("county_officer"),
            TakeSheet(place_code=county.territory.code, source="hotline", source_id=str(n), title="路灯不亮", text="路灯不亮了"),
        )
        for n in range(3)
    ]
    county.sign_in(client, "county_officer")
    shown = listed(client, "?tab=unlocated")
    assert 'name="place_code"' in shown
    form = {"do": "requests.locate", "confirmed": "1", "key": "k", "place_code": county.estate.code, "chosen": [one.pk for one in made[:2]]}
    assert "2 件都做好了" in client.post("/desk/requests/bulk/", form).content.decode()
    assert Request.objects.filter(located=False).count() == 1
    form["place_code"] = ""
    assert client.post("/desk/requests/bulk/", form).status_code == 422


def test_bulk_leaves_out_what_the_asker_may_not_see(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "foreign_officer")
    answer = client.post("/desk/requests/bulk/", {"do": "requests.supervise", "chosen": [made.pk]})
    assert answer.status_code == 422
    assert made.title not in answer.content.decode()


def test_the_list_is_for_those_who_hold_a_post(client: Client, county: County) -> None:
    assert client.get("/desk/requests/")["Location"].startswith("/accounts/login/")
    assert client.get("/desk/requests/", follow=False).status_code == 302
    county.sign_in(client, "resident")
    assert client.get("/desk/requests/").status_code == 403
    county.report()
    assert "这里没有诉求" in listed(county.sign_in(client, "foreign_officer"), "?tab=all")


def test_the_export_asks_what_for_and_gives_a_sheet(client: Client, county: County) -> None:
    county.report()
    county.sign_in(client, "community_worker")
    assert client.post("/desk/requests/export/?tab=open", {}).status_code == 422
    answer = client.post("/desk/requests/export/?tab=open", {"purpose": "月度分析"})
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    county.sign_in(client, "property_handler")
    assert client.get("/desk/requests/export/").status_code == 403
