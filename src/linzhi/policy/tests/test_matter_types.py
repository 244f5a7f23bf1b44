"""Kinds of major matters: inheritance gate by gate, what a level below may not do, and the stories of the packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import Field

from linzhi.policy.folder import packs_folder
from linzhi.policy.load import load, packs, validated
from linzhi.policy.matter_types import GATES, matter_types, table_in
from linzhi.policy.problems import Problem
from linzhi.policy.schema import Shut
from linzhi.policy.tests.folders import sound
from linzhi.policy.yaml_lines import read

ON = date(2026, 9, 30)
NATION = """
    matter_types:
      - code: rent
        title: 出租共有部分
        owner_vote: {threshold: special, from: 2021-01-01, source: law#1, entered: 2026-01-01}
      - code: paint
        title: 刷墙
        owner_vote: {threshold: ordinary, from: 2021-01-01, local: true, entered: 2026-01-01}
"""


def complaints(folder: Path, place: str) -> list[str]:
    """What is wrong with a county's file below a sound nation's."""
    sound(folder)
    (folder / "cn" / "matter-types.yaml").write_text(dedent(NATION).lstrip("\n"), encoding="utf-8")
    (folder / "place" / "matter-types.yaml").write_text("matter_types:\n" + place, encoding="utf-8")
    loaded, problems = load(folder)
    assert problems == []
    assert table_in("cn", loaded)[1] == []
    return [str(problem).removeprefix(f"{folder}/") for problem in table_in("place", loaded)[1]]


def row(gate: str, code: str = "rent") -> str:
    return f"  - code: {code}\n    {gate}\n"


ENTERED = "from: 2022-01-01, source: plan#一, entered: 2026-01-01"
REFUSALS = {
    "taking away a vote that the law asks for": (row(f"owner_vote: {{asked: false, {ENTERED}}}"), 3, "下级不能取消"),
    "making the law's vote easier": (row(f"owner_vote: {{threshold: ordinary, {ENTERED}}}"), 3, "不能降低法律规定的表决比例"),
    "a vote without a threshold": (row(f"owner_vote: {{{ENTERED}}}"), 3, "threshold"),
    "a threshold of something else": (row(f"report: {{threshold: ordinary, {ENTERED}}}"), 3, "threshold"),
    "no source": (row("report: {from: 2022-01-01, entered: 2026-01-01}"), 3, "没有来源"),
    "an unknown source": (row("report: {from: 2022-01-01, source: other#1, entered: 2026-01-01}"), 3, "没有登记过“other#1”"),
    "before the source is in force": (row("report: {from: 2019-01-01, source: law#1, entered: 2026-01-01}"), 3, "才施行"),
    "a new matter without a title": (row(f"report: {{{ENTERED}}}", code="new"), 2, "请写名称"),
    "a matter twice": (row(f"report: {{{ENTERED}}}") * 2, 4, "重复"),
    "an unknown gate": (row(f"blessing: {{{ENTERED}}}"), 3, "不认识的键"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_spoiled_file_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    text, line, words = REFUSALS[name]
    found = complaints(tmp_path, text)
    assert any(each.startswith(f"place/matter-types.yaml:{line}: ") and words in each for each in found), found


def test_a_level_below_may_add_a_gate_ask_for_more_and_drop_what_no_law_asks(tmp_path: Path) -> None:
    added = row(f"prestudy: {{{ENTERED}}}") + f"    owner_vote: {{threshold: unanimous, {ENTERED}}}\n"
    assert complaints(tmp_path, added + row(f"owner_vote: {{asked: false, {ENTERED}}}", code="paint")) == []


def test_a_citation_of_another_county_is_unknown_here() -> None:
    loaded = packs()
    for name in loaded.by_name:
        assert table_in(name, loaded)[1] == []


def test_each_gate_comes_from_the_nearest_level_with_its_chain() -> None:
    hire = matter_types("cn-sichuan-guangan-huaying", ON)["hire_property"]
    assert list(hire.gates) == ["prestudy", "owner_vote"]
    assert (hire.gates["prestudy"].word.pack, hire.gates["owner_vote"].word.pack) == ("cn-sichuan-guangan-huaying", "cn")
    assert hire.threshold == "ordinary"
    voted = matter_types("cn-guangxi-liuzhou-liudong", ON)["hire_property"].gates["owner_vote"]
    assert [word.pack for word in voted.chain] == ["cn", "cn-guangxi-liuzhou-liudong"]
    assert voted.word.source is not None and voted.word.source.source.number == "柳东发〔2021〕11号"


def test_a_gate_holds_only_from_its_day() -> None:
    before, after = (matter_types("cn", day)["use_maintenance_fund"].gates for day in (date(2022, 5, 31), date(2022, 6, 1)))
    assert "report" not in before and "report" in after
    assert matter_types("cn", date(2020, 12, 31))["hire_property"].gates == {}


@pytest.mark.parametrize("pack", sorted(packs().by_name))
def test_no_place_asks_less_of_the_owners_than_the_civil_code(pack: str) -> None:
    wanted = {
        "set_procedure_rules": "ordinary", "set_covenant": "ordinary", "elect_committee": "ordinary", "hire_property": "ordinary",
        "dismiss_property": "ordinary", "use_maintenance_fund": "ordinary", "raise_maintenance_fund": "special", "rebuild": "special",
        "change_common_use": "special", "run_business_on_common": "special", "dwelling_to_business": "unanimous",
    }  # fmt: skip
    table = matter_types(pack, ON)
    assert {code: table[code].threshold for code in wanted} == wanted


def test_a_type_goes_into_a_snapshot_with_its_sources() -> None:
    kept = matter_types("cn", ON)["rebuild"].plain()
    assert kept["gates"]["owner_vote"]["source"]["article"] == "278"
    assert kept["gates"]["owner_vote"]["chain"][0]["threshold"] == "special"


class Story(Shut):
    """In a pack on a day, a matter must pass exactly these gates; `from_pack` says whose word one of them is."""

    story: str
    pack: str
    on: date = Field(alias="date")
    matter: str
    gates: list[str]
    threshold: str = ""
    source: dict[str, str] = {}


def stories() -> list[object]:
    found = []
    for path in sorted(packs_folder().glob("*/stories/matter-types.yaml")):
        document, problems = read(path)
        assert document and not problems, problems
        for number, item in enumerate(document.data):
            wrong: list[Problem] = []
            story = validated(Story, document, item, (number,), wrong)
            assert story, wrong
            found.append(pytest.param(story, id=story.story))
    return found


@pytest.mark.parametrize("story", stories())
def test_story(story: Story) -> None:
    found = matter_types(story.pack, story.on)[story.matter]
    assert set(story.gates) <= set(GATES)
    assert list(found.gates) == story.gates
    assert found.threshold == story.threshold
    for gate, cited in story.source.items():
        said = found.gates[gate].word.source
        assert said is not None and f"{said.source.id}#{said.article}" == cited
