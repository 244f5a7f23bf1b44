"""`linzhi compliance evaluate`: what it prints, what it stores, what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linzhi.config.cli.compliance import compliance
from linzhi.domains.compliance.models import Finding, Standing
from linzhi.domains.places.tests.ground import AT, SmallCounty
from linzhi.kernel.clock import at_time

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    with at_time(AT):
        return CliRunner().invoke(compliance, ["evaluate", *words])


def answer(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout.splitlines()[-1]))


def test_today_is_stored_and_each_check_counts_every_subject_once(ground: SmallCounty) -> None:
    said = answer("--place", ground.county.code)
    assert said["stored"] and said["findings"]["open"] == Finding.objects.filter(closed=None).count() > 0
    assert said["subjects"] == Standing.objects.count()
    states = ("met", "not_met", "pending", "not_applicable", "cannot_tell")
    estates = Standing.objects.filter(subject="estate").count()
    assert {sum(one[state] for state in states) for one in said["checks"] if one["subject"] == "estate"} == {estates}


def test_an_estate_is_told_check_by_check_with_value_requirement_clause_and_owner(ground: SmallCounty) -> None:
    (estate,) = answer("--place", ground.east.code)["standings"]
    (one,) = [result for result in estate["results"] if result["check"] == "self-government"]
    assert (one["state"], one["colour"], one["owner"]) == ("not_met", "red", "community_worker")
    assert one["value"] == {"estate.committees": "0 个"} and one["requirement"] == "应不少于 1 个"
    assert "JS-14" in one["clauses"]


def test_a_past_day_is_read_and_nothing_is_stored(ground: SmallCounty) -> None:
    said = answer("--place", ground.county.code, "--date", "2026-01-15")
    assert not said["stored"] and "findings" not in said and not Standing.objects.exists()


@pytest.mark.parametrize(("words", "sentence"), [(["--place", "0"], "没有编码为"), (["--place", "X", "--date", "soon"], "没有编码为")])
def test_what_cannot_be_evaluated_is_said(ground: SmallCounty, words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and sentence in result.stderr


def test_a_day_to_come_is_refused(ground: SmallCounty) -> None:
    result = run("--place", ground.county.code, "--date", "2099-01-01")
    assert result.exit_code == 2 and "还没到" in result.stderr
