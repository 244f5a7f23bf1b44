"""Votes written down with their result: ours, and a reference suite where it lies beside the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linzhi.domains.voting.rules import verify
from linzhi.domains.voting.rules.casefile import cases_in
from linzhi.domains.voting.rules.cases import answer, read_case
from linzhi.domains.voting.rules.export import export_of
from linzhi.domains.voting.rules.tally import tally
from linzhi.domains.voting.rules.vote import Uncountable

OWN = Path(__file__).with_name("cases.yaml")
REFERENCE = Path(__file__).parents[6] / "shared" / "vote-cases.yaml"


def cases(file: Path) -> list[Any]:
    if not file.exists():
        return [pytest.param({}, {}, id="none", marks=pytest.mark.skip("no reference suite beside the repository"))]
    found, defaults = cases_in(file.read_text(encoding="utf-8"))
    return [pytest.param(one, defaults, id=str(one["id"])) for one in found]


def counted(case: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    try:
        read = read_case(case, defaults)
        return answer(read, tally(read.vote))
    except Uncountable as error:
        return {"error": error.code}


@pytest.mark.parametrize(("case", "defaults"), [*cases(OWN), *cases(REFERENCE)])
def test_a_vote_is_counted_as_written(case: dict[str, Any], defaults: dict[str, Any]) -> None:
    found = counted(case, defaults)
    assert {key: found.get(key) for key in case["expected"]} == case["expected"]


@pytest.mark.parametrize(("case", "defaults"), [*cases(OWN), *cases(REFERENCE)])
def test_the_stand_alone_counter_agrees_with_the_tally(case: dict[str, Any], defaults: dict[str, Any]) -> None:
    if "error" in case["expected"]:
        return
    numbers = iter(range(100_000))
    export = export_of(read_case(case, defaults).vote, case["id"], key=b"k", salt=lambda: f"{next(numbers):032x}")
    assert verify.check(export) == []


def test_there_are_enough_cases_of_our_own() -> None:
    found, _defaults = cases_in(OWN.read_text(encoding="utf-8"))
    assert len({one["id"] for one in found}) == len(found) >= 25
