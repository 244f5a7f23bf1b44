"""Every refusal of the loader fires, names its file and line, and says what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from linzhi.policy import load as loader
from linzhi.policy.load import digest, load
from linzhi.policy.problems import PacksRefused
from linzhi.policy.remembered import forget
from linzhi.policy.tests.folders import COUNTY, NATION, SHARE, sound, write


def value(line: str) -> str:
    """The sound parameter file with another value line."""
    return SHARE.replace('{from: 2020-01-01, value: "2/3", source: law#1, entered: 2026-01-01}', line)


def local(line: str, key: str = "vote.share") -> str:
    """A county's file with one value for a key."""
    return f"- key: {key}\n  values:\n    - {line}\n"


def complaints(folder: Path) -> list[str]:
    """The problems as `file:line: message`, with the folder left out."""
    return [str(problem).removeprefix(f"{folder}/") for problem in load(folder)[1]]


def test_a_sound_folder_has_no_problem(tmp_path: Path) -> None:
    folder = sound(tmp_path, place__vote=local('{from: 2021-01-01, value: "3/4", source: plan#一, entered: 2026-01-01}'))
    assert complaints(folder) == []


REFUSALS = {
    "no source": ("{from: 2020-01-01, value: '2/3', entered: 2026-01-01}", "没有来源"),
    "source and local": ("{from: 2020-01-01, value: '2/3', source: law#1, local: true, entered: 2026-01-01}", "只能写一个"),
    "unknown source": ("{from: 2020-01-01, value: '2/3', source: other#1, entered: 2026-01-01}", "没有登记过来源“other”"),
    "unknown article": ("{from: 2020-01-01, value: '2/3', source: law#9, entered: 2026-01-01}", "没有“9”这一条"),
    "source without an article": ("{from: 2020-01-01, value: '2/3', source: law, entered: 2026-01-01}", "“values.0.source”的写法不对"),
    "before the source is in force": ("{from: 2019-01-01, value: '2/3', source: law#1, entered: 2026-01-01}", "才施行"),
    "unknown key": (
        "{from: 2020-01-01, value: '2/3', source: law#1, entered: 2026-01-01, until: 2030-01-01}",
        "不认识的键“values.0.until”",
    ),
    "no date of entry": ("{from: 2020-01-01, value: '2/3', source: law#1}", "缺少“values.0.entered”"),
    "a float": ("{from: 2020-01-01, value: 0.5, source: law#1, entered: 2026-01-01}", "不接受小数 0.5"),
    "an empty value": ("{from: 2020-01-01, value: , source: law#1, entered: 2026-01-01}", "值是空的"),
    "a value of another type": ("{from: 2020-01-01, value: 'two', source: law#1, entered: 2026-01-01}", "不是分数"),
    "a date that doesn't exist": ("{from: 2020-02-30, value: '2/3', source: law#1, entered: 2026-01-01}", "没有“2020-02-30”这一天"),
    "an end before the beginning": (
        "{from: 2020-02-01, to: 2020-01-01, value: '2/3', source: law#1, entered: 2026-01-01}",
        "“to”必须晚于“from”",
    ),
    "a local value where law decides": ("{from: 2020-01-01, value: '2/3', local: true, entered: 2026-01-01}", "不能写成本地设定"),
    "a duplicate key": ("{from: 2020-01-01, from: 2021-01-01, value: '2/3', source: law#1, entered: 2026-01-01}", "键“from”重复"),
    "an anchor": ("{from: 2020-01-01, value: &x '2/3', source: law#1, entered: 2026-01-01}", "锚点"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refuses_a_value_with(case: str, tmp_path: Path) -> None:
    line, expected = REFUSALS[case]
    found = complaints(sound(tmp_path, cn__vote=value(line)))
    assert any(text.startswith("cn/parameters/vote.yaml:7:") and expected in text for text in found), found


LOCAL_REFUSALS = {
    "a lower value where only raising is allowed": (
        local('{from: 2021-01-01, value: "1/2", source: plan#一, entered: 2026-01-01}'),
        "place/parameters/vote.yaml:3: “vote.share”：只能比上级的值高，不能低",
    ),
    "a key that nobody above describes": (
        local('{from: 2021-01-01, value: "3/4", source: plan#一, entered: 2026-01-01}', "vote.shares"),
        "place/parameters/vote.yaml:1: 没有哪个上级包说明过参数“vote.shares”。是不是：vote.share？",
    ),
    "a key described again": (SHARE, "place/parameters/vote.yaml:1: 参数“vote.share”已在包“cn”里说明过"),
    "a file that isn't a list": ("key: vote.share\n", "place/parameters/vote.yaml:1: 这个文件应当是参数的列表。"),
    "a file that isn't YAML": ("- {key: [\n", "place/parameters/vote.yaml:2: 不是合法的 YAML"),
    "an empty file": ("", "place/parameters/vote.yaml:1: 文件是空的。"),
}


@pytest.mark.parametrize("case", LOCAL_REFUSALS)
def test_refuses_in_a_place(case: str, tmp_path: Path) -> None:
    text, expected = LOCAL_REFUSALS[case]
    found = complaints(sound(tmp_path, place__vote=text))
    assert any(line.startswith(expected) for line in found), found


PACK_REFUSALS = {
    "an unknown field": (COUNTY + "    colour: red\n", "place/pack.yaml:13: 不认识的键“colour”。"),
    "a missing field": (COUNTY.replace("    title: 某县\n", "", 1), "place/pack.yaml:1: 缺少“title”。"),
    "another name than its folder": (COUNTY.replace("name: place", "name: elsewhere"), "place/pack.yaml:1: 名称与文件夹“place”不一致。"),
    "a parent that doesn't exist": (COUNTY.replace("parent: cn", "parent: cm"), "place/pack.yaml:4: 上级包“cm”不存在"),
    "a level not below its parent": (COUNTY.replace("level: county", "level: nation"), "place/pack.yaml:2: 级别应低于上级包“cn”的级别。"),
    "an unknown level": (COUNTY.replace("level: county", "level: planet"), "place/pack.yaml:2: “level”只能是"),
    "no parent below the nation": (COUNTY.replace("    parent: cn\n", ""), "place/pack.yaml:2: 只有国家一级的包可以没有上级"),
    "a code that isn't one": (COUNTY.replace('"123456"', '"12345"'), "place/pack.yaml:6: “division_codes.0”的写法不对。"),
}


@pytest.mark.parametrize("case", PACK_REFUSALS)
def test_refuses_a_pack_with(case: str, tmp_path: Path) -> None:
    text, expected = PACK_REFUSALS[case]
    found = complaints(sound(tmp_path, place__pack=text))
    assert any(line.startswith(expected) for line in found), found


DECLARATION_REFUSALS = {
    "half a description": (SHARE.replace("      title: 参与比例\n", ""), "参数的说明不完整"),
    "a list without an element type": (SHARE.replace("type: fraction", "type: list").replace("raise", "free"), "“of”只用于列表和表"),
    "a choice without options": (SHARE.replace("type: fraction", "type: choice").replace("raise", "free"), "“options”只用于 choice"),
    "bounds on what isn't a number": (SHARE.replace("type: fraction", "type: text\n      min: 1").replace("raise", "free"), "只用于整数"),
    "raising what has no order": (SHARE.replace("type: fraction", "type: text"), "没有高低之分"),
    "an unknown mode": (SHARE.replace("override: raise", "override: perhaps"), "“override”只能是"),
}


@pytest.mark.parametrize("case", DECLARATION_REFUSALS)
def test_refuses_a_description_with(case: str, tmp_path: Path) -> None:
    text, expected = DECLARATION_REFUSALS[case]
    found = complaints(sound(tmp_path, cn__vote=text))
    assert any(line.startswith("cn/parameters/vote.yaml:") and expected in line for line in found), found


def test_refuses_two_values_for_one_day(tmp_path: Path) -> None:
    again = SHARE + '        - {from: 2024-01-01, value: "3/4", source: law#2, entered: 2026-01-01}\n'
    assert "时间重叠" in complaints(sound(tmp_path, cn__vote=again))[0]


def test_accepts_values_that_follow_on_each_other(tmp_path: Path) -> None:
    first = value("{from: 2020-01-01, to: 2024-01-01, value: '2/3', source: law#1, entered: 2026-01-01}")
    again = first + '        - {from: 2024-01-01, value: "3/4", source: law#2, entered: 2026-01-01}\n'
    assert complaints(sound(tmp_path, cn__vote=again)) == []


def test_refuses_a_value_past_the_repeal_of_its_source(tmp_path: Path) -> None:
    repealed = NATION.replace("in_force: 2020-01-01", "in_force: 2020-01-01\n        repealed: 2025-01-01")
    assert "废止" in complaints(sound(tmp_path, cn__pack=repealed))[0]


def test_refuses_a_division_that_belongs_to_another_pack(tmp_path: Path) -> None:
    other = COUNTY.replace("name: place", "name: twin")
    found = complaints(sound(tmp_path, twin__pack=other))
    assert found == ["twin/pack.yaml:6: 区划代码 123456 已属于包“place”。"]


def test_refuses_a_folder_that_packs_do_not_have(tmp_path: Path) -> None:
    write(sound(tmp_path), place__pack=COUNTY)
    (tmp_path / "place" / "paramters").mkdir()
    assert complaints(tmp_path) == ["place/paramters:1: 政策包里没有这种文件或文件夹。"]


def test_refuses_text_that_is_not_utf8(tmp_path: Path) -> None:
    sound(tmp_path)
    (tmp_path / "cn" / "parameters" / "vote.yaml").write_bytes("- 键: 值".encode("gbk"))
    assert "不是 UTF-8" in complaints(tmp_path)[0]


def test_lists_every_problem_at_once(tmp_path: Path) -> None:
    two = value("{from: 2020-01-01, value: 0.5, entered: 2026-01-01}")
    assert len(complaints(sound(tmp_path, cn__vote=two, place__vote=""))) >= 3


def test_a_rule_above_that_came_later_makes_a_finding_and_not_a_refusal(tmp_path: Path) -> None:
    first = value("{from: 2020-01-01, to: 2025-01-01, value: '1/2', source: law#1, entered: 2020-01-01}")
    stricter = first + '        - {from: 2025-01-01, value: "3/4", source: law#2, entered: 2025-01-01}\n'
    below = local('{from: 2021-01-01, value: "2/3", source: plan#一, entered: 2021-01-01}')
    problems = load(sound(tmp_path, cn__vote=stricter, place__vote=below))[1]
    assert [problem.later for problem in problems] == [True]


def test_spoiled_packs_are_not_used_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "packs_folder", lambda: sound(tmp_path, place__vote=""))
    forget()
    try:
        with pytest.raises(PacksRefused) as refused:
            loader.packs()
        assert len(refused.value.problems) == 1
    finally:
        forget()


def test_the_digest_changes_with_any_file_of_the_chain(tmp_path: Path) -> None:
    sound(tmp_path)
    before = digest("place", load(tmp_path)[0])
    write(tmp_path, cn__vote=SHARE.replace("参与表决的比例。", "参加表决的比例。"))
    assert digest("place", load(tmp_path)[0]) != before
