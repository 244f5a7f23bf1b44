"""Programs of the place's workers read people masked and write by the same commands; nobody else gets anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.places.models import Dwelling
from tests.support.api_client import Answer, Api
from tests.support.small_county import County

KEY = "6f1c1f5e-7f2a-4c55-9a39-2b1f0c6a8d11"
DAYS = ("2025-01-31", "2025-02-01")
NAME, PHONE, CERTIFICATE = "慕容听雨", "13655550001", "苏(2020)试验不动产权第0009号"


@pytest.fixture
def worker(county: County) -> Api:
    return Api(token=county.token_in("community_worker", "people.*", "places.*"))


@pytest.fixture
def dwelling(county: County) -> Dwelling:
    found = Dwelling.objects.filter(building__estate=county.estate, residences__isnull=True, ownerships__isnull=True).last()
    assert found is not None
    return found


def lives(worker: Api, dwelling: Dwelling, key: str = "", **more: Any) -> Answer:
    row = {"dwelling_id": dwelling.pk, "name": NAME, "phone": PHONE, "kind": "tenant", "begin": "2025-02-01", **more}
    return worker.post("/people/residents", {"place": dwelling.building.code, "rows": [row]}, key=key)


def owns(worker: Api, dwelling: Dwelling, **more: Any) -> Answer:
    row = {"dwelling_id": dwelling.pk, "name": NAME, "certificate": CERTIFICATE, "begin": "2025-02-01", **more}
    return worker.post("/people/owners", {"place": dwelling.building.code, "rows": [row]})


def test_residents_and_owners_are_recorded_and_read_masked(county: County, worker: Api, dwelling: Dwelling) -> None:
    made = lives(worker, dwelling).body[0]
    assert made["state"] == "created" and lives(worker, dwelling).body[0] == {**made, "state": "same"}
    assert owns(worker, dwelling).body[0]["person_id"] == made["person_id"]
    answers = [
        worker.get("/people/homes", place=county.estate.code, who="tenant"), worker.get(f"/people/{made['person_id']}"),
        lives(worker, dwelling, phone="13655550002"), owns(worker, dwelling, certificate="X2"),
    ]  # fmt: skip
    home = next(one for one in answers[0].body["items"] if one["dwelling_id"] == dwelling.pk)
    assert [(one["name"], one["phone"]) for one in home["persons"]] == [("慕***", "136****0001")]
    assert answers[1].body["residences"][0]["dwelling_id"] == dwelling.pk and not answers[1].body["elsewhere"]
    assert [answer.body[0]["state"] for answer in answers[2:]] == ["changed", "changed"]
    said = "".join(json.dumps(answer.body, ensure_ascii=False) for answer in answers)
    assert all(clear not in said for clear in (NAME, PHONE, CERTIFICATE, "13655550002"))


def test_a_repeat_with_its_key_changes_nothing_and_finds_its_rows(county: County, worker: Api, dwelling: Dwelling) -> None:
    first = lives(worker, dwelling, key=KEY).body
    assert lives(worker, dwelling, key=KEY).body == [{**first[0], "state": "same"}]
    assert lives(worker, dwelling, key=KEY, kind="lodger").code == "idempotency.mismatch"


def test_somebody_moves_in_and_out_acquires_and_sells(county: County, worker: Api, dwelling: Dwelling) -> None:
    person = worker.post("/people", {"place": county.estate.code, "name": NAME, "phone": PHONE})
    assert person.status == 201 and person.body["phone"] == "136****0001"
    here = {"person_id": person.body["id"], "dwelling_id": dwelling.pk, "begin": "2025-03-01"}
    lived = worker.post("/people/move_in", {**here, "kind": "family"}).body
    title = worker.post("/people/record_ownership", {**here, "numerator": 1, "denominator": 2}).body
    assert worker.post("/people/move_in", {**here, "kind": "family"}).code == "people.lives_there"
    assert worker.post("/people/move_out", {"residence_id": lived["id"], "end": "2025-04-01"}).body["end"] == "2025-04-01"
    assert worker.post("/people/end_ownership", {"ownership_id": title["id"], "end": "2025-04-01"}).body["end"] == "2025-04-01"
    assert worker.post("/people/end_ownership", {"ownership_id": title["id"]}).code == "people.ownership_ended"
    righted = worker.post(f"/people/{here['person_id']}/correct_person", {"name": "慕容听语", "phone": "136****0001"})
    assert righted.body["phone"] == "136****0001" and Person.objects.get(pk=here["person_id"]).name.open_value() == "慕容听语"


def test_counts_are_of_the_day_that_was_asked_for(county: County, worker: Api, dwelling: Dwelling) -> None:
    before = worker.get("/people/counts", place=county.estate.code, on="2025-01-31").body
    lives(worker, dwelling)
    after = worker.get("/people/counts", place=county.estate.code, on="2025-02-01").body
    assert worker.get("/people/counts", place=county.estate.code, on="2025-01-31").body == before
    assert (after["residents"], after["households"]) == (before["residents"] + 1, before["households"] + 1)
    tenants = {day: worker.get("/people/homes", place=county.estate.code, who="tenant", on=day).body["items"] for day in DAYS}
    assert [dwelling.pk in {one["dwelling_id"] for one in tenants[day]} for day in DAYS] == [False, True]


def test_pages_of_homes_follow_each_other_without_a_gap(county: County, worker: Api) -> None:
    whole = [one["dwelling_id"] for one in worker.get("/people/homes", place=county.estate.code, limit=100).body["items"]]
    cursor, found = "", []
    while True:
        page = worker.get("/people/homes", place=county.estate.code, limit=3, cursor=cursor).body
        found += [one["dwelling_id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert found == whole and len(whole) > 3


@pytest.mark.parametrize("who", ["nobody", "owner", "property_handler", "party_officer", "county_officer", "narrow token"])
def test_nobody_else_reads_or_writes(county: County, worker: Api, dwelling: Dwelling, who: str) -> None:
    person = lives(worker, dwelling).body[0]["person_id"]
    tokens = {"nobody": "", "narrow token": county.token_in("community_worker", "places.*")}
    asked = (
        Api(client=county.sign_in(Api().client, "owner"))
        if who == "owner"
        else Api(token=tokens[who] if who in tokens else county.token_in(who, "people.*"))
    )
    for path, query in (("/people/homes", {"place": county.estate.code}), ("/people/counts", {"place": county.estate.code}),
                        (f"/people/{person}", {})):  # fmt: skip
        assert asked.get(path, **query).status in (401, 403, 404), path
    count = Residence.objects.count(), Ownership.objects.count(), Person.objects.count()
    assert lives(asked, dwelling, name="李守义").status in (401, 403, 404)
    assert owns(asked, dwelling, name="李守义").status in (401, 403, 404)
    assert (Residence.objects.count(), Ownership.objects.count(), Person.objects.count()) == count


def test_a_place_or_a_person_elsewhere_is_not_found(county: County, worker: Api) -> None:
    assert county.elsewhere is not None
    assert worker.get("/people/homes", place=county.elsewhere.code).status == 404
    assert worker.get("/people/999999").status == 404


def test_the_description_says_nothing_of_members(county: County) -> None:
    described = Api().get("/openapi.json").body["paths"]
    mine = {path: methods for path, methods in described.items() if "/v1/people" in path}
    assert len(mine) > 8 and "member" not in json.dumps(mine)
