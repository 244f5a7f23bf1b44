from datetime import timedelta

import pytest

from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.tests.posts import body
from linzhi.domains.notices import queries
from linzhi.domains.notices.commands import Publish, Withdraw, publish, withdraw
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.actor import ANONYMOUS, Actor, App, System
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

LATER = AT + timedelta(days=1)


@pytest.fixture
def committee(ground: SmallCounty) -> Body:
    return body(ground.community.code, "residents_committee", "甲社区")


@pytest.fixture
def worker(ground: SmallCounty, committee: Body) -> Actor:
    return holder("community_worker", ground.community.path, committee.pk)


def notice(ground: SmallCounty, committee: Body, **more: object) -> Publish:
    return Publish.model_validate({"place": ground.community.code, "body_id": committee.pk, "title": "通知", "text": "周三停水。", **more})


def test_a_notice_hangs_in_its_place_and_everything_below_until_withdrawn(ground: SmallCounty, committee: Body, worker: Actor) -> None:
    made = publish(worker, notice(ground, committee), at=AT)
    assert queries.notices_for(ground.east.path, AT) == [made]
    assert queries.notices_for(ground.east.path, AT - timedelta(seconds=1)) == []
    assert queries.notices_for(ground.far.path, AT) == [] and queries.notices_for(ground.street.path, AT) == []
    withdraw(worker, Withdraw(notice_id=made.pk, reason="时间写错了"), at=LATER)
    assert queries.notices_for(ground.east.path, LATER) == [] and queries.notices_for(ground.east.path, AT) == [made]
    kept = queries.notices(Powers(ANONYMOUS, LATER), ground.county.path)
    assert [row.withdrawn_reason for row in kept] == ["时间写错了"]
    assert queries.reaches(made, ground.east.path) and not queries.reaches(made, ground.far.path)


def test_newer_notices_come_first(ground: SmallCounty, committee: Body, worker: Actor) -> None:
    old = publish(worker, notice(ground, committee), at=AT)
    new = publish(worker, notice(ground, committee, place=ground.east.code), at=LATER)
    assert queries.notices_for(ground.east.path, LATER) == [new, old]
    assert queries.notices_for(ground.east.path, LATER, limit=1) == [new]
    assert queries.notice(old.pk) == old and queries.notice(0) is None


def test_publishing_is_refused_elsewhere_in_anothers_name_with_an_unknown_kind_or_nowhere(
    ground: SmallCounty, committee: Body, worker: Actor
) -> None:
    street = body(ground.street.code, "street_office", "一街办")
    for more, refusal in (({"body_id": street.pk}, "other_body"), ({"kind": "gossip"}, "unknown_word")):
        with pytest.raises(Refused, match=refusal):
            publish(worker, notice(ground, committee, **more), at=AT)
    for actor in (ANONYMOUS, holder("building_head", ground.community.path, committee.pk)):
        with pytest.raises(NotAllowed):
            publish(actor, notice(ground, committee), at=AT)
    with pytest.raises(NotAllowed):
        publish(worker, notice(ground, committee, place=ground.far.code), at=AT)
    with pytest.raises(NotFound):
        publish(worker, notice(ground, committee, place="nowhere"), at=AT)
    with pytest.raises(NotFound):
        publish(System("notices.publish_outcome"), notice(ground, committee, body_id=0), at=AT)


def test_withdrawing_is_refused_twice_for_another_body_and_elsewhere(ground: SmallCounty, committee: Body, worker: Actor) -> None:
    made = publish(worker, notice(ground, committee), at=AT)
    other = holder("community_worker", ground.community.path, body(ground.street.code, "street_office", "一街办").pk)
    with pytest.raises(Refused, match="other_body"):
        withdraw(other, Withdraw(notice_id=made.pk, reason="x"), at=LATER)
    with pytest.raises(NotAllowed):
        withdraw(holder("community_worker", ground.other.path, committee.pk), Withdraw(notice_id=made.pk, reason="x"), at=LATER)
    withdraw(worker, Withdraw(notice_id=made.pk, reason="x"), at=LATER)
    with pytest.raises(Refused, match=r"notices\.withdrawn"):
        withdraw(worker, Withdraw(notice_id=made.pk, reason="x"), at=LATER)
    with pytest.raises(NotFound):
        withdraw(worker, Withdraw(notice_id=0, reason="x"), at=LATER)


def test_a_program_publishes_only_in_the_name_of_the_body_whose_post_it_holds(ground: SmallCounty, committee: Body, worker: Actor) -> None:
    street = body(ground.street.code, "street_office", "一街办")
    program = App(worker.account, "大屏", frozenset({"notices.*"}))
    with pytest.raises(Refused, match="other_body"):
        publish(program, notice(ground, committee, body_id=street.pk), at=AT)
    assert publish(program, notice(ground, committee), at=AT).by_body_id == committee.pk
