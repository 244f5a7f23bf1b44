"""Every check says by stories when it is met, when it isn't, and when it can't be told; the stories come true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linzhi.policy.checks import Check, Story, checks_in
from linzhi.policy.judging import STATES, rule_of
from linzhi.policy.load import packs
from linzhi.policy.metrics import NEVER, metrics
from linzhi.policy.resolve import find

ON = date(2026, 9, 30)


def every() -> list[Check]:
    found: list[Check] = []
    for pack in packs().by_name.values():
        checks, problems = checks_in(pack, packs())
        assert problems == []
        found += checks.values()
    return found


CASES = [
    pytest.param(check, story, id=f"{check.pack}/{check.code}-{number}-{story.then}")
    for check in every()
    for number, story in enumerate(check.entry.stories)
]


def figure(name: str, value: Any) -> Any:
    if value == "never" and metrics()[name].kind == "date":
        return NEVER
    return int(value) if isinstance(value, bool) else value


@pytest.mark.parametrize(("check", "story"), CASES)
def test_story(check: Check, story: Story) -> None:
    if check.entry.none is not None:
        assert story.then == {None: "cannot_tell", 0: "met"}.get(story.rows, "not_met")
        return
    on = story.on or max(ON, check.entry.begin)
    pack = story.pack or check.pack
    rule = rule_of(check, {key: find(key, on=on, pack=pack) for key in check.keys()}, on)  # noqa: SIM118
    assert set(story.given) <= set(rule.figures)
    assert STATES[rule.judge(tuple(figure(name, story.given.get(name)) for name in rule.figures))] == story.then


@pytest.mark.parametrize("check", every(), ids=lambda check: f"{check.pack}/{check.code}")
def test_each_check_is_told_met_not_met_and_not_to_be_told(check: Check) -> None:
    assert {"met", "not_met", "cannot_tell"} <= {story.then for story in check.entry.stories}
