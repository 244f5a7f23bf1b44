"""A spoiled check is refused with its file and line; a sound one is judged exactly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linzhi.policy.checks import checks_in
from linzhi.policy.judging import STATES, colour, rule_of
from linzhi.policy.load import load
from linzhi.policy.metrics import NEVER
from linzhi.policy.resolve import Answer
from linzhi.policy.tests.folders import sound

SOUND = """
- check: enough-homes
  title: 户数够
  subject: estate
  metric: estate.homes
  at_least: 10
  force: must
  owner: community_worker
  within: 10 days
  door: places:home
  remedy: 补齐
  source: law#1
  clauses: [CM-01]
  from: 2020-01-01
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = sound(tmp_path)
    (folder / "cn" / "checks").mkdir()
    (folder / "cn" / "checks" / "one.yaml").write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def complaints(tmp_path: Path, text: str) -> list[str]:
    loaded, problems = load(folder_with(tmp_path, text))
    assert problems == []
    return [str(one).removeprefix(f"{tmp_path}/") for one in checks_in(loaded.by_name["cn"], loaded)[1]]


def test_a_sound_check_has_no_problem(tmp_path: Path) -> None:
    assert complaints(tmp_path, SOUND) == []


SPOILED = {
    "an unknown figure": ("estate.homes", "estate.hommes", "4: 没有“estate.hommes”这个指标。是不是：estate.homes"),
    "a figure of another subject": ("estate.homes", "grid.households", "说的不是“estate”"),
    "an unknown subject": ("subject: estate", "subject: planet", "3: 没有“planet”这个对象"),
    "an unknown parameter": ("at_least: 10", "at_least: grid.max", "没有“grid.max”这个参数"),
    "an unknown role": ("community_worker", "king", "7: 没有“king”这个角色"),
    "a limit without a unit": ("within: 10 days", "within: '10'", "8: “10”不是时限"),
    "an unknown source": ("law#1", "other#1", "11: 没有登记过来源“other”"),
    "an unknown article": ("law#1", "law#9", "没有“9”这一条"),
    "no source": ("source: law#1", "note: 无", "没有来源"),
    "two comparisons": ("at_least: 10", "at_least: 10\n  at_most: 20", "只写一种"),
    "a comparison without its figure": ("  metric: estate.homes\n", "", "要写 metric"),
    "an unknown key": ("force: must", "force: must\n  sql: drop", "不认识的键“sql”"),
    "an unknown force": ("force: must", "force: please", "“force”只能是"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_check_is_refused_with_file_and_line(tmp_path: Path, name: str) -> None:
    old, new, sentence = SPOILED[name]
    assert old in SOUND
    found = complaints(tmp_path, SOUND.replace(old, new))
    assert any(one.startswith("cn/checks/one.yaml:") and sentence in one for one in found), found


def test_the_same_check_twice_in_a_pack_is_refused(tmp_path: Path) -> None:
    assert any("写了两处" in one for one in complaints(tmp_path, SOUND + SOUND))


def judged(tmp_path: Path, comparison: str, values: tuple[Any, ...], on: date = date(2026, 9, 30), **said: Any) -> str:
    text = SOUND.replace("  metric: estate.homes\n  at_least: 10\n", comparison)
    loaded, problems = load(folder_with(tmp_path, text))
    checks, wrong = checks_in(loaded.by_name["cn"], loaded)
    assert problems == wrong == []
    answers: dict[str, Answer | None] = {
        key: Answer(key, "", value, "", "", "nation", "cn", None, True, "", on, None, ()) for key, value in said.items()
    }
    return STATES[rule_of(checks["enough-homes"], answers, on).judge(values)]


RATIO = "  ratio: {part: estate.committees, whole: estate.homes, per: 100, at_least: 30}\n"
DEADLINE = "  deadline: {done: estate.verify_due, by: 2026-09-30}\n"


@pytest.mark.parametrize(
    ("comparison", "values", "state"),
    [
        ("  metric: estate.homes\n  at_least: 10\n", (10,), "met"),
        ("  metric: estate.homes\n  at_least: 10\n", (9,), "not_met"),
        ("  metric: estate.homes\n  at_least: 10\n", (None,), "cannot_tell"),
        ("  metric: estate.homes\n  range: [300, 500]\n", (500,), "met"),
        ("  metric: estate.homes\n  range: [300, 500]\n", (501,), "not_met"),
        ("  metric: estate.kind\n  is: [old, mixed]\n", ("old",), "met"),
        ("  metric: estate.kind\n  is: [old, mixed]\n", ("commodity",), "not_met"),
        (RATIO, (3, 10), "met"),
        (RATIO, (2, 7), "not_met"),
        (RATIO, (0, 0), "not_applicable"),
        (RATIO, (None, 7), "cannot_tell"),
        (DEADLINE, (1,), "met"),
        (DEADLINE, (0,), "pending"),
        (DEADLINE, (None,), "cannot_tell"),
        ("  any_of: [{metric: estate.homes, at_least: 300}, {metric: estate.committees, at_least: 1}]\n", (299, 1), "met"),
        ("  any_of: [{metric: estate.homes, at_least: 300}, {metric: estate.committees, at_least: 1}]\n", (299, 0), "not_met"),
        ("  any_of: [{metric: estate.homes, at_least: 300}, {metric: estate.committees, at_least: 1}]\n", (None, 0), "cannot_tell"),
    ],
)
def test_a_comparison_is_exact_at_its_bound_and_never_guesses(tmp_path: Path, comparison: str, values: Any, state: str) -> None:
    assert judged(tmp_path, comparison, values) == state


def test_a_deadline_that_is_past_is_not_met(tmp_path: Path) -> None:
    assert judged(tmp_path, DEADLINE, (0,), on=date(2026, 10, 1)) == "not_met"


def test_a_share_is_compared_as_a_fraction_and_not_rounded(tmp_path: Path) -> None:
    third = '  ratio: {part: estate.committees, whole: estate.homes, at_least: "1/3"}\n'
    assert judged(tmp_path, third, (333_333_333, 1_000_000_000)) == "not_met"
    assert judged(tmp_path / "more", third, (333_333_334, 1_000_000_000)) == "met"


@pytest.mark.parametrize(
    ("force", "state", "excused", "shade"),
    [
        ("must", "n", False, "red"), ("must", "n", True, "amber"), ("must", "m", False, "green"), ("must", "?", False, "grey"),
        ("in_principle", "n", False, "red"), ("in_principle", "n", True, "amber"), ("target", "n", False, "amber"),
        ("encouraged", "n", False, "blue"), ("explore", "n", False, "blue"), ("must", "p", False, "amber"), ("must", "-", False, "plain"),
    ],
)  # fmt: skip
def test_a_goal_is_amber_a_hint_never_red_and_a_reason_on_file_makes_amber(
    tmp_path: Path, force: str, state: str, excused: bool, shade: str
) -> None:
    loaded, _problems = load(folder_with(tmp_path, SOUND.replace("force: must", f"force: {force}")))
    assert colour(checks_in(loaded.by_name["cn"], loaded)[0]["enough-homes"], state, excused=excused) == shade


def test_what_never_happened_is_older_than_any_cadence(tmp_path: Path) -> None:
    from linzhi.policy.checks import Comparison
    from linzhi.policy.judging import _comparison

    test = _comparison(Comparison.model_validate({"cadence": {"last": "estate.homes", "months": 1}}), {}, date(2026, 3, 31))
    assert [test([day]) for day in (date(2026, 2, 28), date(2026, 2, 27), NEVER, None)] == ["m", "n", "n", "?"]
