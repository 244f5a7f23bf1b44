"""没解决 reaches somebody who can do something about it, in every method that ships, whoever had it before and whoever is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from linzhi.domains.bodies import commands as bodies
from linzhi.domains.requests import commands as do
from linzhi.domains.requests.models import Request
from linzhi.flow import queries as flow
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.notify.models import Message
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.foundation.territory.models import Territory
from tests.support import small_county
from tests.support.small_county import ROLES, County

MONDAY = datetime.fromisoformat("2026-06-01T09:00:00+08:00")
PACKS = {"cn": "request", "demo": "whistle", "cn-sichuan-guangan-huaying": "closed-loop", "cn-shandong-weifang-anqiu": "graded"}
GIVEN: dict[str, Any] = {"say": "说明", "note": "说明", "until": MONDAY + timedelta(days=20)}
MOVES = {"requests.dispatch", "requests.assign_finally", "requests.whistle", "requests.escalate", "requests.handle_directly"}
"""What gets a matter on its way again, from a desk."""


class Loop:
    """A request in a county of one method; acts are done by whoever may do them."""

    def __init__(self, pack: str, *, accused: str = "") -> None:
        self.county: County = small_county.build()
        Territory.objects.filter(pk=self.county.territory.pk).update(pack=pack)
        self.at = MONDAY
        report = {"nature": "tip_off", "accused_body_id": self.county.bodies[accused].pk} if accused else {}
        made = self.county.report("resident", "电梯有异响，听着害怕。", at=self.at, **report)
        self.pk, self.method = made.pk, PACKS[pack]

    @property
    def request(self) -> Request:
        return Request.objects.select_related("matter").get(pk=self.pk)

    @property
    def matter(self) -> Matter:
        return self.request.matter

    def able(self, code: str) -> list[str]:
        """The roles that both the method and access let do this now."""
        found = []
        for role in (*ROLES, "resident"):
            powers = Powers(self.county.actor(role), self.at)
            if any(act.act == code for act in flow.acts_for(powers, self.matter)) and powers.decide(code, self.request):
                found.append(role)
        return found

    def act(self, name: str, role: str = "", **fields: Any) -> Loop:
        self.at += timedelta(minutes=5)
        who = role or next(iter(self.able(f"requests.{name}")), "")
        assert who, f"nobody can {name} at {self.matter.step}"
        kind = getattr(do, "".join(part.capitalize() for part in name.split("_")))
        given = {key: value for key, value in GIVEN.items() if key in kind.model_fields}
        getattr(do, name)(self.county.actor(who), kind(request_id=self.pk, **(given | fields)), at=self.at)
        return self

    def taken_up(self) -> Loop:
        return self.act("accept" if self.method == "request" else "respond")

    def fed_back(self, body: str = "property_company") -> Loop:
        """Given to a body and handled by it."""
        self.act("dispatch", body_id=self.county.bodies[body].pk)
        return (self.act("sign") if self.able("requests.sign") else self).act("give_feedback")

    def through_the_street(self) -> Loop:
        """Given to a department by the street, where the method has the street decide."""
        if self.method == "whistle":
            self.act("whistle")
        elif self.method == "graded":
            self.act("escalate", choice="street")
        return self.fed_back("department")

    def waiting(self) -> list[str]:
        """The roles for whom some task of the matter waits."""
        mine = ((role, flow.my_tasks(Powers(self.county.actor(role), self.at))) for role in ROLES)
        return [role for role, tasks in mine if tasks.filter(matter=self.matter).exists()]

    def assert_in_hand(self) -> None:
        """Some task of the matter waits for somebody who can get it on its way, or, with the handler, answer or pass it on."""
        matter = self.matter
        assert matter.closed_at is None and matter.next_due is not None, "a clock runs"
        wanted = MOVES if matter.step != "handle" else {"requests.give_feedback", "requests.hand_over"}
        able = {role for code in wanted for role in self.able(code)}
        assert able & set(self.waiting()), f"{self.method}: at {matter.step} nobody with power has a task"


def handled(loop: Loop) -> None:
    loop.taken_up().fed_back()


def by_the_street(loop: Loop) -> None:
    loop.taken_up().through_the_street()


def on_the_spot(loop: Loop) -> None:
    loop.taken_up().act("handle_directly")


def assigned(loop: Loop) -> None:
    loop.taken_up()
    for _time in range(3):
        loop.act("dispatch", body_id=loop.county.bodies["property_company"].pk).act("return_dispatch")
    loop.act("assign_finally", body_id=loop.county.bodies["property_company"].pk).act("give_feedback")


WAYS = {"handled": handled, "by_the_street": by_the_street, "on_the_spot": on_the_spot, "assigned": assigned}


def answered(loop: Loop) -> None:
    loop.act("verify")


def not_solved(loop: Loop) -> None:
    answered(loop)
    loop.act("reject_result", "resident")


def not_solved_after_all(loop: Loop) -> None:
    answered(loop)
    loop.act("confirm_solved", "resident").act("reject_result", "resident")


def again(loop: Loop) -> None:
    answered(loop)
    loop.act("confirm_solved", "resident").act("rate", "resident", stars=5).act("reopen", "resident")


def honestly_not_done(loop: Loop) -> None:
    answered(loop)
    loop.act("conclude").act("reopen", "resident")


def checked_and_not_done(loop: Loop) -> None:
    loop.act("redo")


BACK = (not_solved, not_solved_after_all, again, honestly_not_done, checked_and_not_done)


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("way", WAYS)
def test_what_comes_back_waits_for_somebody_with_power(pack: str, way: str) -> None:
    loop = Loop(pack)
    WAYS[way](loop)
    begun = loop.at
    for back in BACK:
        mark, loop.at = transaction.savepoint(), begun
        back(loop)
        assert loop.matter.round == 2
        loop.assert_in_hand()
        transaction.savepoint_rollback(mark)


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
def test_what_was_declined_comes_back_to_somebody_who_can_take_it_up(pack: str) -> None:
    loop = Loop(pack).act("decline").act("reopen", "resident")
    assert loop.waiting()
    assert set(loop.able("requests.accept" if loop.method == "request" else "requests.respond")) & set(loop.waiting())


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
def test_what_was_beyond_power_comes_back_to_a_desk(pack: str) -> None:
    loop = Loop(pack).taken_up()
    loop.act("dispatch", body_id=loop.county.bodies["property_company"].pk)
    if loop.able("requests.sign"):
        loop.act("sign")
    loop.act("claim_beyond_power").act("confirm_beyond_power", "street_dispatcher").act("reopen", "resident").assert_in_hand()


@pytest.mark.django_db
@pytest.mark.parametrize(("pack", "step"), [("demo", "divide"), ("cn-shandong-weifang-anqiu", "street")])
def test_it_goes_back_to_the_desk_that_gave_it_away_and_the_handler_hears_of_it(pack: str, step: str) -> None:
    loop = Loop(pack)
    by_the_street(loop)
    not_solved(loop)
    assert loop.matter.step == step
    task = loop.matter.tasks.get(kind="step", done_at=None, role="street_dispatcher")
    assert task.title == "居民说没解决，请重新安排"
    assert Clock.objects.filter(matter=loop.matter, key=f"step:{step}", stopped_at=None).count() == 1
    deliver_all(loop.at)
    told = Message.objects.filter(account_id=loop.county.accounts["department_handler"].pk).values_list("title", flat=True)
    assert "居民说没解决" in told


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
def test_a_check_that_fails_goes_to_a_desk_where_no_body_has_it(pack: str) -> None:
    loop = Loop(pack)
    on_the_spot(loop)
    loop.act("redo")
    assert loop.matter.step in ("dispatch", "sort", "grade")
    assert loop.able("requests.dispatch")


def _end(loop: Loop, role: str) -> None:
    cmd = bodies.EndHolding(holding_id=loop.county.holdings[role].pk, reason="resigned", basis="本人申请")
    bodies.end_holding(loop.county.actor("county_officer"), cmd, at=loop.at)


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("gone", ["grid_worker", "branch_secretary", "community_worker"])
def test_a_vacant_post_keeps_nothing_from_being_done(pack: str, gone: str) -> None:
    loop = Loop(pack)
    handled(loop)
    _end(loop, gone)
    not_solved(loop)
    loop.assert_in_hand()


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
def test_what_was_with_somebody_who_is_gone_is_passed_on(pack: str) -> None:
    loop = Loop(pack)
    handled(loop)
    _end(loop, "property_handler")
    loop.act("redo").assert_in_hand()
    assert "property_handler" not in loop.able("requests.hand_over")


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("turn", [lambda loop: loop, Loop.taken_up])
def test_a_tip_off_about_the_community_waits_for_others_with_power_from_the_first_moment(pack: str, turn: Callable[[Loop], Loop]) -> None:
    loop = Loop(pack, accused="residents_committee")
    turn(loop)
    able = {role for code in MOVES | {"requests.accept", "requests.respond"} for role in loop.able(code)}
    assert able & set(loop.waiting())
    assert not {"community_worker", "grid_worker"} & set(loop.waiting())
