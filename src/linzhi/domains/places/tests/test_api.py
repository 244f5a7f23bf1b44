"""The ground through the API: the same reads as the screens, the same refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
API = "/api/v1"


def ask(client: Client, path: str, token: str = "") -> tuple[int, Any]:
    """Status and body of a read."""
    answer = client.get(API + path, headers={"authorization": f"Bearer {token}"} if token else {})
    return answer.status_code, answer.json()


def test_estates_are_open_and_told_as_of_a_day(client: Client, county: County) -> None:
    status, body = ask(client, f"/estates?place={county.community.code}")
    assert status == 200 and county.estate.name in [row["name"] for row in body["items"]]
    assert ask(client, f"/estates?place={county.community.code}&on=1999-01-01") == (200, {"items": [], "next": ""})


def test_a_profile_is_for_staff_of_the_place(client: Client, county: County) -> None:
    token = county.token_in("community_worker", "places.*")
    status, body = ask(client, f"/estates/{county.estate.code}/profile", token)
    assert status == 200 and body["needed"] == 7 and body["counted_buildings"] == 2
    assert {item["owes"] for item in body["items"]} == {"community_worker", "grid_worker"}
    assert county.elsewhere is not None
    assert ask(client, f"/estates/{county.elsewhere.code}/profile", token)[0] == 404
    assert ask(client, f"/estates/{county.estate.code}/profile")[0] == 401
    assert ask(client, f"/estates/{county.estate.code}/profile", county.token("requests.*"))[0] == 403


def test_dwellings_come_in_pages_and_only_those_the_asker_may_see(client: Client, county: County) -> None:
    token = county.token_in("community_worker", "places.*")
    seen: list[int] = []
    cursor = ""
    while True:
        status, body = ask(client, f"/dwellings?place={county.territory.code}&limit=2&cursor={cursor}", token)
        assert status == 200 and len(body["items"]) <= 2
        seen += [row["id"] for row in body["items"]]
        cursor = body["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) > 2
    assert county.elsewhere is not None
    assert ask(client, f"/dwellings?place={county.elsewhere.code}", token)[1]["items"] == []
    assert ask(client, f"/dwellings?place={county.territory.code}&cursor=x", token)[0] == 422
    assert ask(client, f"/dwellings?place={county.territory.code}&kind=castle", token)[0] == 422


def test_problems_of_grids_name_their_owner(client: Client, county: County) -> None:
    token = county.token_in("community_worker", "places.*")
    status, body = ask(client, f"/grid-problems?place={county.community.code}", token)
    assert status == 200 and {row["owner"] for row in body} <= {"community_worker"}
    assert ask(client, f"/grid-problems?place={county.territory.code}", token)[0] == 404
