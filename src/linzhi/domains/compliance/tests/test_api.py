"""Programs read figures, standings and findings of their own place; nobody else anything, and of the closed room the party line alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from linzhi.domains.compliance.commands import Evaluate, evaluate
from linzhi.domains.compliance.models import Finding, Standing
from linzhi.kernel.actor import System
from tests.support.api_client import Api
from tests.support.small_county import BEGIN, County

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(county: County) -> County:
    evaluate(System("compliance.refresh"), Evaluate(place=county.territory.code))
    return county


def test_a_figure_is_told_for_each_subject_of_the_place_and_page_by_page(seen: County) -> None:
    program = Api(token=seen.token_in("county_officer", "compliance.*"))
    whole = program.get("/compliance/metrics/estate.homes", place=seen.territory.code)
    assert whole.status == 200 and whole.body["unit"] and whole.body["formula"]
    assert [one["name"] for one in whole.body["items"]] == [seen.estate.name, seen.other_estate.name]
    first = program.get("/compliance/metrics/estate.homes", place=seen.territory.code, limit=1).body
    rest = program.get("/compliance/metrics/estate.homes", place=seen.territory.code, limit=1, cursor=first["next"]).body
    assert first["items"] + rest["items"] == whole.body["items"] and rest["next"] == ""
    before = (BEGIN - timedelta(days=400)).date()
    assert program.get("/compliance/metrics/estate.homes", place=seen.estate.code, on=before.isoformat()).status == 200


def test_standings_say_the_state_of_each_check_and_the_figures_it_rests_on(seen: County) -> None:
    program = Api(token=seen.token_in("community_worker", "compliance.view_standing"))
    found = program.get("/compliance/standings", place=seen.community.code, subject="estate").body
    row = next(one for one in found["items"] if one["name"] == seen.estate.name)
    kept = Standing.objects.select_related("layout").get(subject="estate", ref=row["ref"])
    assert row["checks"]["profile-complete"] in found["states"]
    assert row["figures"]["estate.facts_missing"] == json.loads(kept.figures)[kept.layout.figures.index("estate.facts_missing")]


def test_findings_are_those_that_the_desk_shows(seen: County) -> None:
    program = Api(token=seen.token_in("county_officer", "compliance.view_finding"))
    found = program.get("/compliance/findings", place=seen.territory.code, check="profile-complete").body["items"]
    assert {one["id"] for one in found} == set(
        Finding.objects.filter(check_code="profile-complete", closed=None, path__startswith=seen.territory.path).values_list(
            "pk", flat=True
        )
    )
    assert program.get("/compliance/standings", place=seen.territory.code).status == 403


def test_another_place_and_no_token_get_nothing(seen: County) -> None:
    program = Api(token=seen.token_in("community_worker", "compliance.*"))
    assert seen.elsewhere is not None
    assert program.get("/compliance/standings", place=seen.elsewhere.code).status == 404
    assert program.get("/compliance/metrics/no.such", place=seen.community.code).status == 404
    assert program.get("/compliance/findings", place=seen.elsewhere.code).body["items"] == []
    assert Api().get("/compliance/standings", place=seen.community.code).status == 401


def test_the_closed_room_is_told_to_the_party_line_alone(seen: County) -> None:
    from linzhi.policy.metrics import metrics

    closed = [name for name, metric in metrics().items() if metric.room]
    general = Api(token=seen.token_in("county_officer", "compliance.*"))
    party = Api(token=seen.token_in("county_party_officer", "compliance.*"))
    for name in closed[:3]:
        assert general.get(f"/compliance/metrics/{name}", place=seen.territory.code).status == 404
        assert party.get(f"/compliance/metrics/{name}", place=seen.territory.code).status == 200
    told = {key for one in general.get("/compliance/standings", place=seen.territory.code).body["items"] for key in one["figures"]}
    assert not told & set(closed)
