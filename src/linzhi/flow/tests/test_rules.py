"""What may happen to a matter, decided on plain values."""

from __future__ import annotations

import pytest

from linzhi.flow.method import Method, Within
from linzhi.flow.rules import State, decide, possible
from linzhi.kernel.refused import Refused

METHOD = Method.model_validate(
    {
        "id": "small",
        "title": "小办法",
        "subject": "x.y",
        "source": "test",
        "opened_by": ["x.open"],
        "first": "take",
        "steps": [
            {
                "id": "take",
                "title": "受理",
                "by": ["desk"],
                "acts": [{"act": "x.take", "to": "work", "main": True}, {"act": "x.no", "to": "no", "needs": ["say"]}],
            },
            {
                "id": "work",
                "title": "办理",
                "by": ["handler"],
                "acts": [
                    {"act": "x.done", "to": "yes", "main": True, "after_parts": True},
                    {"act": "x.back", "to": "take", "at_most": 2, "then": "judge"},
                    {"act": "x.up", "to": {"street": "judge"}, "needs": []},
                ],
            },
            {"id": "judge", "title": "裁定", "by": ["street"], "acts": [{"act": "x.order", "to": "work", "other_person": "x.back"}]},
            {
                "id": "yes",
                "title": "办好",
                "family": "done",
                "final": True,
                "outcome": "solved",
                "acts": [{"act": "x.again", "to": "take", "by": ["reporter"], "effect": "restart"}],
            },
            {"id": "no", "title": "没办成", "family": "unfixed", "final": True, "outcome": "not_ours"},
        ],
        "anywhere": [
            {"act": "x.pause", "by": ["desk"], "effect": "pause", "at_steps": ["work"]},
            {"act": "x.resume", "by": ["desk"], "effect": "resume", "at_steps": ["work"]},
            {"act": "x.ask", "by": ["handler"], "effect": "ask_extension", "at_steps": ["work"], "at_most": {"param": "x.times"}},
            {"act": "x.grant", "by": ["desk"], "effect": "grant_extension", "at_steps": ["work"]},
        ],
    }
)


def value(within: Within) -> object:
    return {"x.times": 1}[within.param or ""]


def go(state: State, act: str, role: str, **more: object) -> object:
    return decide(METHOD, state, act, roles={role}, actor="person:1", value=value, **more)  # type: ignore[arg-type]


def refusal(state: State, act: str, role: str, **more: object) -> str:
    with pytest.raises(Refused) as caught:
        go(state, act, role, **more)
    return caught.value.code


def test_an_act_of_the_step_leads_on() -> None:
    move = go(State("take"), "x.take", "desk")
    assert (move.step_from, move.step_to, move.moves) == ("take", "work", True)


@pytest.mark.parametrize(
    ("state", "act", "role", "code"),
    [
        (State("take"), "x.done", "handler", "flow.not_now"),
        (State("take"), "x.take", "handler", "flow.role"),
        (State("take"), "x.no", "desk", "flow.needs"),
        (State("work", parts_open=1), "x.done", "handler", "flow.parts_open"),
        (State("work", paused=True), "x.done", "handler", "flow.paused"),
        (State("work", paused=True), "x.pause", "desk", "flow.paused"),
        (State("work"), "x.resume", "desk", "flow.not_paused"),
        (State("work", extension_open=True), "x.ask", "handler", "flow.extension_open"),
        (State("work"), "x.grant", "desk", "flow.no_extension"),
        (State("work", counts={"x.ask": 1}), "x.ask", "handler", "flow.too_often"),
        (State("work"), "x.up", "handler", "flow.choice"),
        (State("judge", actors={"x.back": "person:1"}), "x.order", "street", "flow.same_person"),
        (State("yes"), "x.pause", "desk", "flow.not_now"),
    ],
)
def test_refuses_what_the_method_does_not_ask_for(state: State, act: str, role: str, code: str) -> None:
    assert refusal(state, act, role) == code


def test_after_two_returns_the_superior_decides() -> None:
    steps = [go(State("work", counts={"x.back": n}), "x.back", "handler") for n in range(3)]
    assert [move.step_to for move in steps] == ["take", "take", "judge"]
    assert [move.diverted for move in steps] == [False, False, True]


def test_a_choice_picks_the_step() -> None:
    assert go(State("work"), "x.up", "handler", choice="street").step_to == "judge"


def test_a_missing_input_is_named() -> None:
    with pytest.raises(Refused) as caught:
        go(State("take"), "x.no", "desk")
    assert caught.value.field == "say"
    assert go(State("take"), "x.no", "desk", given={"say"}).step_to == "no"


def test_the_buttons_are_exactly_what_would_not_be_refused_for_role_or_state() -> None:
    assert [act.act for act in possible(METHOD, State("work"), {"handler"})] == ["x.done", "x.back", "x.up", "x.ask"]
    assert [act.act for act in possible(METHOD, State("work", paused=True), {"desk"})] == ["x.resume"]
    assert [act.act for act in possible(METHOD, State("work", parts_open=2), {"handler"})] == ["x.back", "x.up", "x.ask"]
    assert possible(METHOD, State("take"), {"stranger"}) == []
    assert [act.act for act in possible(METHOD, State("yes"), {"reporter"})] == ["x.again"]


def test_nobody_confirms_what_they_asked_for_themselves() -> None:
    state = State("judge", actors={"x.back": "person:1"})
    assert possible(METHOD, state, {"street"}, "person:1") == []
    assert [act.act for act in possible(METHOD, state, {"street"}, "person:2")] == ["x.order"]
