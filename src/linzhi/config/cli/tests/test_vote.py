"""`linzhi vote`: count, export, verify, and the stand-alone file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linzhi.config.cli.vote import vote

CASES = """
meta: {rule_defaults: {duplicate: last_wins}}
cases:
- id: V1
  matter: {item: 4}
  blocks: [{count: 14, area: "100", vote: agree}, {count: 6, area: 89.37, vote: oppose}, {count: 10, area: "100", vote: unreturned}]
  expected: {total_area: "2936.22", part_heads: 20, passed: true}
- id: V2
  matter: {item: 4}
  units: [{id: NO, owners: [yes]}]
  expected: {error: area_missing}
- id: V3
  matter: {art279: {unit: U1}}
  units: [{id: U1, area: "100", owners: [A], building: B1}, {id: U2, area: "100", owners: [B], building: B1}]
  ballots: [{voter: B, units: [U2], choice: agree}]
  expected: {interested_heads: 1, consenting_heads: 1, passed: true}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "votes.yaml"
    found.write_text(CASES, encoding="utf-8")
    return found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(vote, [str(one) for one in arguments])


def test_one_line_of_json_for_each_vote(file: Path) -> None:
    result = run("tally", file, "--json")
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "id": "V1", "total_area": "2936.22", "total_heads": 30, "part_area": "1936.22", "part_heads": 20, "agree_area": "1400.00",
            "agree_heads": 14, "q_area": False, "q_heads": True, "a_area": True, "a_heads": True, "quorum_met": False, "passed": False,
        },
        {"id": "V2", "error": "area_missing"},
        {"id": "V3", "interested_heads": 1, "consenting_heads": 1, "passed": True},
    ]  # fmt: skip


def test_what_the_file_expects_is_checked(file: Path) -> None:
    result = run("tally", file, "--json", "--check")
    assert result.exit_code == 1
    assert "V1 的 passed" in result.stderr
    assert "1 个表决与写的不同" in result.stderr


def test_both_ways_come_with_articles(file: Path) -> None:
    first = json.loads(run("tally", file, "--json", "--both").stdout.splitlines()[0])
    assert first["strict"]["part_heads"] == 20
    assert first["deemed"] is None
    assert [one["test"] for one in first["reasons"]] == ["q_area", "q_heads", "a_area", "a_heads"]


def test_without_json_it_is_sentences(file: Path) -> None:
    lines = run("tally", file).stdout.splitlines()
    assert lines[0].startswith("V1：不通过。共 2936.22 平方米、30 人")
    assert lines[1] == "V2：没法计票（area_missing）。"
    assert lines[2].startswith("V3：通过。")


@pytest.mark.parametrize("text", ["cases: 3", "[a", "just words"])
def test_a_file_that_is_not_of_votes_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    odd = tmp_path / "odd.yaml"
    odd.write_text(text, encoding="utf-8")
    result = run("tally", odd)
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")


def test_an_exported_vote_is_verified_and_a_changed_one_is_not(file: Path, tmp_path: Path) -> None:
    export, public, changed = tmp_path / "export.json", tmp_path / "public.json", tmp_path / "changed.json"
    export.write_text(run("export", file, "V1").stdout, encoding="utf-8")
    assert run("verify", export).exit_code == 0
    public.write_text(run("export", file, "V1", "--public").stdout, encoding="utf-8")
    assert run("verify", public).exit_code == 0
    assert run("verify", export, "--published", public).exit_code == 1  # new salts and pseudonyms: another export isn't the published one
    changed.write_text(export.read_text(encoding="utf-8").replace('"choice": "oppose"', '"choice": "agree"', 1), encoding="utf-8")
    result = run("verify", changed, "--json")
    assert result.exit_code == 1
    assert {part for part, _sentence in json.loads(result.stdout)["differences"]} == {"ballot", "result"}


def test_a_vote_that_is_not_there_or_cannot_be_counted_is_not_exported(file: Path) -> None:
    assert (run("export", file, "V9").exit_code, run("export", file, "V2").exit_code) == (2, 2)


def test_the_verifier_can_be_taken_away(file: Path, tmp_path: Path) -> None:
    alone, export = tmp_path / "verify.py", tmp_path / "export.json"
    alone.write_text(run("verifier").stdout, encoding="utf-8")
    export.write_text(run("export", file, "V3").stdout, encoding="utf-8")
    answer = subprocess.run([sys.executable, "-I", "-S", str(alone), str(export), "--json"], capture_output=True, check=True)
    assert json.loads(answer.stdout)["agrees"] is True
