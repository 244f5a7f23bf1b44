"""底数: what staff see and write on the screens, and what others don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhi.domains.places.models import Building, Dwelling, Estate, Grid, Occupancy, Space, Unit, Venue, Verification
from linzhi.foundation.audit.models import Entry

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, status: int = 200) -> str:
    """A page."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_staff_see_their_own_places_and_nobody_else_does(client: Client, county: County) -> None:
    assert county.elsewhere is not None
    for role in ("community_worker", "street_dispatcher", "grid_worker", "county_officer"):
        shown = read(county.sign_in(client, role), f"/desk/places/?place={county.estate.code}")
        assert county.estate.name in shown
        assert client.get(f"/desk/places/?place={county.elsewhere.code}").status_code == 404
        assert client.get(f"/desk/places/estates/{county.elsewhere.code}/").status_code == 404
    for role in ("resident", "department_handler"):
        assert county.sign_in(client, role).get("/desk/places/").status_code == 403
    client.logout()
    assert client.get("/desk/places/").status_code == 403


def test_every_list_opens_for_a_community_a_street_and_a_county(client: Client, county: County) -> None:
    for role in ("community_worker", "street_dispatcher", "county_officer"):
        county.sign_in(client, role)
        for name in ("", "dwellings/", "grids/", "venues/", "spaces/"):
            read(client, f"/desk/places/{name}")
            assert "只能看" in read(client, f"/desk/places/{name}?on=2025-02-01")


def test_an_estate_is_registered_completed_and_checked(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    place = county.community.code
    given = {"name": "新园", "kind": "old"}
    assert client.post(f"/desk/places/estates/new/?place={place}", given).status_code == 302
    estate = Estate.objects.get(name="新园")
    page = f"/desk/places/estates/{estate.code}/"
    assert "还缺 7 项" in read(client, page)
    client.post(page, {"note": ""})
    assert not Verification.objects.exists()
    assert "请先补上再复核" in read(client, page)
    facts = {
        "address": "槐安路 1 号", "built_year": "1996", "declared_buildings": "3", "households": "120", "population": "300",
        "self_government": "none", "property_arrangement": "self",
    }  # fmt: skip
    assert client.post(f"{page}edit/", given | facts).status_code == 302
    shown = read(client, page)
    assert "缺" not in shown.split("资料")[1][:200] and "业主自管" in shown and "差 120" in shown
    client.post(page, {"note": "看过"})
    assert Verification.objects.get().by.startswith("person:")
    assert Entry.objects.filter(action="places.verify_profile").count() == 1
    assert "新园</a>" in read(client, f"/desk/places/?place={place}")
    assert "新园</a>" not in read(client, f"/desk/places/?place={place}&show=missing")


def test_a_wrong_form_keeps_what_was_typed_and_says_what_to_do(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    edit = f"/desk/places/estates/{county.estate.code}/edit/"
    given = {"name": county.estate.name, "kind": "commodity", "households": "many", "address": "一个地址"}
    answer = client.post(edit, given)
    assert answer.status_code == 422 and "请填整数" in answer.content.decode() and "一个地址" in answer.content.decode()
    crossed = '{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[1,0],[0,0]]]}'
    answer = client.post(edit, given | {"households": "5", "boundary": crossed})
    assert answer.status_code == 422 and "自己交叉了" in answer.content.decode()
    square = '{"type":"Polygon","coordinates":[[[110.1,30],[110.2,30],[110.2,30.1],[110.1,30]]]}'
    assert client.post(edit, given | {"households": "5", "boundary": square}).status_code == 302
    boundary = Estate.objects.get(pk=county.estate.pk).boundary
    assert boundary is not None and boundary["coordinates"][0][0] == ["110.1", "30"]


def test_buildings_units_and_dwellings_are_written_one_at_a_time_by_the_bulk_commands(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    assert (
        client.post(f"/desk/places/estates/{county.estate.code}/buildings/new/", {"number": "地下车库", "kind": "garage"}).status_code
        == 302
    )
    garage = Building.objects.get(number="地下车库")
    assert client.post(f"/desk/places/buildings/{garage.code}/units/new/", {"number": "A", "lifts": "2"}).status_code == 302
    assert Unit.objects.get(building=garage).lifts == 2
    new = f"/desk/places/buildings/{garage.code}/dwellings/new/"
    answer = client.post(new, {"kind": "parking", "room": "B12", "exclusive_area": "12.505", "occupancy": "unknown"})
    assert answer.status_code == 422 and "最多两位小数" in answer.content.decode()
    answer = client.post(new, {"kind": "parking", "room": "B12", "exclusive_area": "12.50", "occupancy": "unknown"})
    assert answer.status_code == 422 and "要写明来源" in answer.content.decode()
    given = {"kind": "parking", "room": "B12", "exclusive_area": "12.50", "area_source": "contract", "occupancy": "vacant"}
    assert client.post(new, given).status_code == 302
    row = Dwelling.objects.get(room="B12")
    assert (row.kind, row.use, row.exclusive_area) == ("parking", "parking", 1250) and Occupancy.objects.get(dwelling=row).state == "vacant"
    edited = {"kind": "parking", "exclusive_area": "13", "area_source": "registered", "occupancy": "vacant", "room": "other"}
    assert client.post(f"/desk/places/dwellings/{row.pk}/edit/", edited).status_code == 302
    row.refresh_from_db()
    assert (row.exclusive_area, row.room) == (1300, "B12")
    shown = read(client, f"/desk/places/dwellings/?place={county.estate.code}&building={garage.code}")
    assert "B12" in shown and "13.00" in shown
    assert client.post(f"/desk/places/buildings/{garage.code}/edit/", {"kind": "garage", "floors": "2"}).status_code == 302
    assert Building.objects.get(pk=garage.pk).floors == 2


def test_a_grid_is_redrawn_and_its_problems_have_an_owner(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    assert "还没有划进任何网格" in read(client, "/desk/places/grids/") or "没有交叉" in read(client, "/desk/places/grids/")
    client.post(f"/desk/places/grids/{county.grid.code}/edit/", {"name": "桂园网格", "parts": []})
    shown = read(client, "/desk/places/grids/")
    assert "还没有划定范围" in shown and "社区工作人员" in shown
    code = f"{county.community.code}-W77"
    place = f"?place={county.community.code}"
    given = {"code": code, "name": "新网格", "kind": "residential", "parts": [county.estate.code]}
    assert client.post(f"/desk/places/grids/new/{place}", given).status_code == 302
    clash = client.post(f"/desk/places/grids/new/{place}", given | {"code": f"{code}8", "name": "又一个"})
    assert clash.status_code == 422 and "已经归“新网格”" in clash.content.decode()
    assert Grid.objects.get(code=code).parts.count() == 1


def test_venues_and_idle_space_are_registered_and_put_to_use(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    place = f"?place={county.community.code}"
    venue = {
        "where": county.community.code, "name": "社区中心", "level": "community", "kind": "centre", "area": "320.5", "functions": "议事，便民",
        "premises": "community",
    }  # fmt: skip
    assert client.post(f"/desk/places/venues/new/{place}", venue).status_code == 302
    row = Venue.objects.get()
    assert (row.area, row.functions) == (32050, ["议事", "便民"])
    assert client.post(f"/desk/places/venues/{row.pk}/edit/", venue | {"area": "300"}).status_code == 302
    assert "300.00 m²" in read(client, "/desk/places/venues/")
    space = {"where": county.estate.code, "name": "架空层", "area": "120", "premises": "owners", "state": "idle", "wanted": "棋牌室"}
    assert client.post(f"/desk/places/spaces/new/{place}", space).status_code == 302
    assert client.post(f"/desk/places/spaces/{Space.objects.get().pk}/edit/", space | {"state": "in_use"}).status_code == 302
    assert "已经用上 120.00 平方米" in read(client, "/desk/places/spaces/")


def test_who_answers_for_some_buildings_sees_the_estate_and_only_their_dwellings(client: Client, county: County) -> None:
    county.sign_in(client, "building_head")
    assert county.estate.name in read(client, "/desk/places/")
    assert county.estate.name in read(client, f"/desk/places/estates/{county.estate.code}/")
    rows = read(client, f"/desk/places/dwellings/?place={county.estate.code}")
    assert "1幢1单元101" in rows and "2幢1单元101" not in rows
    assert client.get(f"/desk/places/estates/{county.other_estate.code}/").status_code == 404


def test_a_reader_sees_no_buttons_and_may_not_write(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    shown = read(client, f"/desk/places/estates/{county.estate.code}/")
    assert "/edit/" not in shown
    for path in (f"estates/{county.estate.code}/edit/", f"buildings/{county.building.code}/edit/", f"grids/{county.grid.code}/edit/"):
        assert client.get(f"/desk/places/{path}").status_code in (403, 404)


def test_the_roll_goes_on_from_its_last_row_and_costs_the_same_however_long_it_is(client: Client, county: County) -> None:
    building = Building.objects.get(pk=county.building.pk)
    rooms = [
        Dwelling(building=building, path=building.path, unit="2", floor=n // 4, room=f"{n // 4}0{n % 4}", begin="2020-01-01")
        for n in range(4, 130)
    ]
    Dwelling.objects.bulk_create(rooms)
    county.sign_in(client, "community_worker")
    path, seen, counts = f"/desk/places/dwellings/?place={county.estate.code}&building={building.code}", [], []
    while path:
        with CaptureQueriesContext(connection) as statements:
            shown = read(client, path)
        counts.append(len(statements))
        rows = shown.split("<tbody>")[1].split("</tbody>")[0]
        seen += [row.split("</a>")[0].rsplit(">", 1)[1] for row in rows.split("<tr>")[1:]]
        path = (
            "/desk/places/dwellings/" + shown.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
            if 'rel="next"' in shown
            else ""
        )
    assert len(seen) == len(set(seen)) == building.dwellings.count()
    assert seen.index(f"{building.number}2单元902") < seen.index(f"{building.number}2单元1002")
    assert max(counts) - min(counts) <= 1
    assert "2单元1002" in read(client, f"/desk/places/dwellings/?place={county.estate.code}&q={building.number}2单元1002")
