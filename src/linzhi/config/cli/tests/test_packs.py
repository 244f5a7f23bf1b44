"""`linzhi packs`: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linzhi.config.cli.packs import packs
from linzhi.policy.folder import packs_folder
from linzhi.policy.tests.folders import sound


def run(*words: str) -> Result:
    return CliRunner().invoke(packs, list(words))


def answer(*words: str) -> dict[str, Any]:
    result = run("resolve", *words, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_the_shipped_packs_are_sound() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output


def test_check_lists_every_problem_and_fails(tmp_path: Path) -> None:
    result = run("check", "--folder", str(sound(tmp_path, place__vote="", place__other="a: 1\n")))
    assert result.exit_code == 1
    assert "place/parameters/vote.yaml:1: 文件是空的。" in result.stdout
    assert "place/parameters/other.yaml:1: 这个文件应当是参数的列表。" in result.stdout
    assert "共 2 处问题" in result.stderr


METHOD = """
id: loop
title: 试办
subject: requests.request
source: 试验
opened_by: requests.report
first: accept
steps:
  - id: accept
    title: 受理
    by: [emperor]
    within: {param: no.such_key}
    acts: [{act: requests.accept, to: accept}, {act: requests.bribe, to: done}]
  - {id: done, title: 办完, family: done, final: true, outcome: solved}
  - {id: lost, title: 没人到, by: [grid_worker]}
"""


def test_check_lists_what_keeps_a_method_from_running(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    methods = folder / "place" / "methods"
    methods.mkdir()
    (methods / "loop.yaml").write_text(METHOD, encoding="utf-8")
    (methods / "shapeless.yaml").write_text("id: shapeless\n", encoding="utf-8")
    result = run("check", "--folder", str(folder))
    assert result.exit_code == 1
    for reason in ("'emperor' is unknown", "'requests.bribe' isn't a command", "'no.such_key' doesn't exist", "'lost' can't be reached"):
        assert reason in result.stdout, result.stdout
    assert "place/methods/shapeless.yaml:1: " in result.stdout


@pytest.mark.parametrize(
    ("place", "key", "value", "pack"),
    [
        ("511681", "sla.response_minutes", 10, "cn-sichuan-guangan-huaying"),
        ("511681001", "sla.feedback_minutes", 60, "cn-sichuan-guangan-huaying"),
        ("370784", "jointmeeting.interval_days", 31, "cn-shandong-weifang-anqiu"),
        ("320812", "grid.households_max", 400, "cn-jiangsu-huaian-qingjiangpu"),
        ("320102", "cases.per_street.max", 5, "cn-jiangsu"),
        ("450203100", "venue.estate.min_area", 300, "cn-guangxi-liuzhou-liudong"),
        ("110101", "grid.households_max", 500, "cn"),
    ],
)
def test_a_division_code_finds_its_pack_without_a_database(place: str, key: str, value: int, pack: str) -> None:
    found = answer(key, "--place", place, "--date", "2026-09-30")
    assert (found["value"], found["pack"]) == (value, pack)
    assert found["chain"][0]["pack"] == "cn"


def test_an_unknown_code_is_answered_by_the_nation_with_a_remark() -> None:
    assert "按全国包" in answer("request.sign.within", "--place", "110101", "--date", "2026-09-30")["remark"]


def test_a_sourced_answer_names_its_document() -> None:
    found = answer("vote.thresholds", "--pack", "demo", "--date", "2026-09-30")
    assert found["value"]["special_at_least"] == "3/4"
    assert (found["source"]["title"], found["source"]["article"], found["local"]) == ("中华人民共和国民法典", "278", False)


def test_a_key_that_no_level_sets_has_no_value_but_a_chain() -> None:
    found = answer("survey.deadline", "--pack", "demo", "--date", "2026-09-30")
    assert (found["value"], [step["value"] for step in found["chain"]]) == (None, [None, None])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("request.sing.within", "--pack", "cn", "--date", "2026-09-30"), "request.sign.within"),
        (("request.sign.within", "--pack", "cn-jiangshu", "--date", "2026-09-30"), "cn-jiangsu"),
        (("request.sign.within", "--pack", "cn", "--date", "30.9.2026"), "不是日期"),
        (("request.sign.within", "--place", "华蓥", "--date", "2026-09-30"), "不是区划代码"),
        (("request.sign.within", "--date", "2026-09-30"), "只写一个"),
        (("request.sign.within", "--pack", "cn", "--place", "51", "--date", "2026-09-30"), "只写一个"),
    ],
)
def test_bad_input_is_said_in_chinese_and_ends_with_2(words: tuple[str, ...], message: str) -> None:
    result = run("resolve", *words)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output


def test_without_json_the_answer_reads_as_sentences() -> None:
    result = run("resolve", "sla.response_minutes", "--place", "511681", "--date", "2026-09-30")
    assert result.stdout.startswith("sla.response_minutes = 10 分钟\n来源：四川省华蓥市：党建领航破解小区治理难题 共治机制")


def test_the_list_names_every_pack() -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert {row["name"]: row["parent"] for row in rows}["cn-jiangsu-huaian-qingjiangpu"] == "cn-jiangsu"
    assert {row["name"] for row in rows} == {path.parent.name for path in packs_folder().glob("*/pack.yaml")}
    assert len(run("list").stdout.splitlines()) == len(rows)


def test_diff_names_what_differs_with_both_sources_and_nothing_else() -> None:
    found = json.loads(run("diff", "cn", "cn-jiangsu-huaian-qingjiangpu", "--date", "2026-09-30", "--json").stdout)
    grid = next(row for row in found["values"] if row["key"] == "grid.households_max")
    assert (grid["a"]["value"], grid["b"]["value"], grid["b"]["pack"]) == (500, 400, "cn-jiangsu-huaian-qingjiangpu")
    assert grid["b"]["source"]["article"]
    assert "vote.thresholds" not in {row["key"] for row in found["values"]}
    same = run("diff", "cn", "cn", "--date", "2026-09-30")
    assert (same.exit_code, same.stdout.strip()) == (0, "没有不同。")


def test_diff_reads_as_sentences_and_names_methods_that_only_one_has() -> None:
    text = run("diff", "cn", "cn-sichuan-guangan-huaying", "--date", "2026-09-30").stdout
    assert "响应" in text
    assert "  cn-sichuan-guangan-huaying: " in text
    assert "工作法  closed-loop\n  cn: 没有" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("diff", "cn", "cn-jiangshu"), "cn-jiangsu"),
        (("diff", "cn", "cn", "--date", "昨天"), "不是日期"),
        (("manual", "--pack", "cn", "book.pdf"), ".html 或 .docx"),
        (("manual", "book.html"), "只写一个"),
        (("manual", "--pack", "cn-jiangshu", "book.html"), "cn-jiangsu"),
        (("manual", "--pack", "cn", "no/such/folder/book.html"), "写不了"),
    ],
)
def test_bad_questions_to_diff_and_manual_end_with_2(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output


def test_the_manual_says_every_rule_with_its_ground_in_html_and_word(tmp_path: Path) -> None:
    from docx import Document

    for name in ("book.html", "book.docx"):
        result = run("manual", "--pack", "cn-sichuan-guangan-huaying", "--date", "2026-09-30", str(tmp_path / name))
        assert result.exit_code == 0, result.output
    text = (tmp_path / "book.html").read_text(encoding="utf-8")
    word = Document(str(tmp_path / "book.docx"))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    everything = "\n".join([*cells, *(paragraph.text for paragraph in word.paragraphs)])
    for said in ("10 分钟", "党建领航破解小区治理难题", "居民提需", "业主表决（四分之三以上）", "本地设定", "出处未核实", "2026年9月30日"):
        assert said in text, said
        assert said in everything, said
    assert "<svg" in text
    assert "http" not in text.replace("http://www.w3.org", "")


@pytest.mark.django_db
def test_a_manual_of_a_division_code_uses_the_pack_of_the_place(tmp_path: Path) -> None:
    result = run("manual", "--place", "320812", "--date", "2026-09-30", str(tmp_path / "book.html"))
    assert result.exit_code == 0, result.output
    assert "400 户" in (tmp_path / "book.html").read_text(encoding="utf-8")
    assert run("manual", "--place", "华蓥", str(tmp_path / "book.html")).exit_code == 2
