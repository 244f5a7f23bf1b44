"""A method with a fault is refused, and the fault is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from linzhi.flow.library import check, parse
from linzhi.flow.method import Method
from linzhi.flow.validate import problems
from linzhi.policy.methods import load_methods

SOUND: dict[str, Any] = {
    "id": "m",
    "title": "办法",
    "subject": "x.y",
    "source": "test",
    "opened_by": ["x.open"],
    "first": "a",
    "steps": [
        {
            "id": "a",
            "title": "甲",
            "by": ["desk"],
            "for_resident": "等着",
            "within": {"limit": "2 working hours", "source": "test"},
            "acts": [{"act": "x.go", "to": "b", "main": True}],
        },
        {"id": "b", "title": "乙", "family": "done", "final": True, "outcome": "solved"},
    ],
    "limits": [{"id": "all", "title": "总", "within": {"param": "x.limit"}, "start": "opened", "stop": ["x.go"]}],
}


def faults(change: Any) -> list[str]:
    body = copy.deepcopy(SOUND)
    change(body)
    return problems(Method.model_validate(body), roles={"desk"}, acts={"x.open", "x.go"}, parameters={"x.limit": "limit", "x.word": "text"})


def test_a_sound_method_has_no_faults() -> None:
    assert faults(lambda body: None) == []


def _dead_end(body: dict[str, Any]) -> None:
    body["steps"].insert(1, {"id": "c", "title": "丙", "by": ["desk"]})
    body["steps"][0]["acts"].append({"act": "x.go", "to": "c"})


def _to_nobody(body: dict[str, Any]) -> None:
    """A check that sends it back to the body that has it, where none may have it."""
    body["steps"].insert(1, {"id": "c", "title": "丙", "for_resident": "在办", "by": ["handler"], "acts": [{"act": "x.go", "to": "b"}]})
    body["steps"][0]["acts"][0].update(to="c")


def test_a_way_to_the_body_that_has_it_says_where_else_when_there_is_none() -> None:
    def mended(body: dict[str, Any]) -> None:
        _to_nobody(body)
        body["steps"][0]["acts"][0].update(unhandled="b")

    assert faults(mended) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_dead_end, "dead end"),
        (lambda b: b["steps"].append({"id": "z", "title": "丁", "by": ["desk"], "acts": [{"act": "x.go", "to": "b"}]}), "can't be reached"),
        (lambda b: b["steps"][0]["acts"][0].update(to="nowhere"), "doesn't exist"),
        (lambda b: b["steps"][0].update(by=["wizard"]), "role 'wizard' is unknown"),
        (lambda b: b["steps"][0]["acts"][0].update(act="x.magic"), "isn't a command"),
        (lambda b: b["steps"][0]["within"].update(limit="2"), "not a limit"),
        (lambda b: b["steps"][0]["within"].pop("source"), "needs its source"),
        (lambda b: b["steps"][0].update(within={"param": "x.unknown"}), "doesn't exist"),
        (lambda b: b["steps"][0].update(within={"param": "x.word"}), "not a limit"),
        (lambda b: b["limits"][0].update(stop=["x.never"]), "never happens"),
        (lambda b: b["limits"][0].update(start="x.never"), "never happens"),
        (lambda b: b["steps"][1].pop("outcome"), "needs a family"),
        (lambda b: b.update(first="q"), "first step"),
        (lambda b: b["steps"][0].update(by=[]), "nobody"),
        (lambda b: b["steps"][0].pop("for_resident"), "says nothing to residents"),
        (_to_nobody, "also when there is none"),
        (lambda b: b["steps"][0]["acts"][0].update(handed_at={"b": "a"}), "nothing is given to a body at 'b'"),
        (lambda b: b["steps"][0]["acts"][0].update(handed_at={"a": "nowhere"}), "leads to 'nowhere'"),
    ],
)
def test_each_fault_is_found(change: Any, word: str) -> None:
    assert any(word in fault for fault in faults(change)), faults(change)


def test_every_method_that_ships_is_sound() -> None:
    found = {key: check(parse(file)) for key, file in load_methods().items()}
    assert found and all(not faults for faults in found.values()), found


def test_every_method_of_requests_that_ships_ends_honestly() -> None:
    methods = {key: parse(file) for key, file in load_methods().items()}
    for key, method in methods.items():
        if method.subject != "requests.request":
            continue
        outcomes = {step.outcome for step in method.steps if step.final}
        assert outcomes == {"solved", "not_done", "not_ours", "duplicate", "withdrawn", "beyond_power"}, key
