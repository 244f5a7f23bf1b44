"""The clause ledger: what is refused with file and line, how states come about, and how checks join."""

from __future__ import annotations

from pathlib import Path

import pytest

from linzhi.policy.clauses import Clause, ledger_in
from linzhi.policy.coverage import counts, in_order, markdown, summary, waiting
from linzhi.policy.load import load
from linzhi.policy.tests.folders import sound

HEAD = "capabilities:\n  votes: 业主表决\n  checks: 对标检查\nclauses:\n"
SOUND = "{id: AA-01, article: law#1, title: 表决, tier: core, kind: rule, force: must, asks: 依法表决。, "


def clause(rest: str, start: str = SOUND) -> str:
    return f"  - {start}{rest}}}\n"


def write(folder: Path, text: str, pack: str = "cn", checks: str = "") -> Path:
    sound(folder)
    (folder / pack / "clauses.yaml").write_text(text, encoding="utf-8")
    (folder / "cn" / "methods").mkdir(exist_ok=True)
    (folder / "cn" / "methods" / "vote.yaml").write_text("title: 表决\n", encoding="utf-8")
    if checks:
        (folder / "cn" / "checks").mkdir(exist_ok=True)
        (folder / "cn" / "checks" / "all.yaml").write_text(checks, encoding="utf-8")
    return folder


def complaints(folder: Path) -> list[str]:
    loaded, problems = load(folder)
    assert problems == []
    return [str(problem).removeprefix(f"{folder}/") for problem in ledger_in(loaded)[1]]


def only(folder: Path) -> Clause:
    ledger, problems = ledger_in(load(folder)[0])
    assert problems == []
    return next(iter(ledger.clauses.values()))


REFUSALS = {
    "neither served nor planned": (clause("planned: []"), 5, "既没有已经在用的"),
    "served by a parameter alone": (clause("by: {parameters: [vote.share]}"), 5, "既没有已经在用的"),
    "an unknown parameter": (clause("by: {parameters: [vote.shares], methods: [cn/vote]}"), 5, "没有“vote.shares”这个参数"),
    "an unknown method": (clause("by: {methods: [cn/none]}"), 5, "没有“cn/none”这个工作方法"),
    "an unknown kind of matter": (clause("by: {methods: [cn/vote], matters: [none]}"), 5, "没有“none”这个事项类型"),
    "an unknown capability": (clause("planned: [voting]"), 5, "没有登记过“voting”这项能力"),
    "an unknown article": (clause("planned: [votes]", SOUND.replace("law#1", "law#9")), 5, "没有登记过“law#9”这个出处"),
    "an unknown document": (clause("planned: [votes]", SOUND.replace("law#1", "other#1")), 5, "没有登记过“other#1”这个出处"),
    "a number used twice": (clause("planned: [votes]") * 2, 6, "条款“AA-01”重复"),
    "an unknown tier": (clause("planned: [votes]", SOUND.replace("core", "vital")), 5, "tier"),
    "a field that isn't one": (clause("planned: [votes], done: true"), 5, "不认识的键"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_spoiled_file_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    text, line, words = REFUSALS[name]
    found = complaints(write(tmp_path, HEAD + text))
    assert any(each.startswith(f"cn/clauses.yaml:{line}: ") and words in each for each in found), found


def test_a_capability_is_declared_once(tmp_path: Path) -> None:
    write(tmp_path, HEAD + clause("planned: [votes]"))
    below = "capabilities:\n  votes: 又一次\nclauses:\n" + clause("planned: [votes]", SOUND.replace("AA-01", "BB-01"))
    (tmp_path / "place" / "clauses.yaml").write_text(below, encoding="utf-8")
    assert [each.split(" ")[0] for each in complaints(tmp_path)] == ["place/clauses.yaml:2:"]


@pytest.mark.parametrize(
    ("rest", "state"),
    [
        ("by: {methods: [cn/vote]}", "in_place"),
        ("by: {methods: [cn/vote]}, planned: [votes]", "partly"),
        ("by: {parameters: [vote.share]}, planned: [votes]", "planned"),
        ("planned: [votes]", "planned"),
    ],
)
def test_a_figure_that_merely_stands_ready_serves_nothing(rest: str, state: str, tmp_path: Path) -> None:
    assert only(write(tmp_path, HEAD + clause(rest))).state == state


def test_a_check_that_names_a_clause_serves_it(tmp_path: Path) -> None:
    checks = "- check: share\n  clauses: [AA-01]\n"
    done = only(write(tmp_path, HEAD + clause("by: {parameters: [vote.share]}, planned: [checks]"), checks=checks))
    assert (done.state, done.checks, done.planned) == ("in_place", ("share",), ())
    half = only(write(tmp_path, HEAD + clause("by: {parameters: [vote.share]}, planned: [checks, votes]"), checks=checks))
    assert (half.state, half.planned) == ("partly", ("votes",))


def test_a_check_that_names_no_clause_of_ours_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = write(tmp_path, HEAD + clause("planned: [votes]"), checks="- check: share\n  clauses: [AA-01, ZZ-09]\n")
    assert complaints(folder) == ["cn/checks/all.yaml:2: 没有“ZZ-09”这一条款。"]


def test_the_table_counts_every_clause_once_and_puts_core_first(tmp_path: Path) -> None:
    light = clause("planned: [votes]", SOUND.replace("AA-01", "AA-02").replace("core", "light"))
    third = clause("by: {methods: [cn/vote]}", SOUND.replace("AA-01", "AA-03"))
    ledger, problems = ledger_in(load(write(tmp_path, HEAD + light + clause("planned: [votes]") + third))[0])
    assert problems == []
    assert [one.id for one in in_order(ledger)] == ["AA-01", "AA-03", "AA-02"]
    assert counts(ledger.clauses.values()) == {"in_place": 1, "partly": 0, "planned": 2, "all": 3}
    assert summary(ledger)[-1] == {"document": "", "tier": "", "in_place": 1, "partly": 0, "planned": 2, "all": 3}
    assert waiting(ledger) == {"votes": 2}
    text = markdown(ledger)
    assert all(text.count(f"| {one} |") == 1 for one in ledger.clauses)
