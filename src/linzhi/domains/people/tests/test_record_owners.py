from datetime import date, timedelta
from typing import Any

import pytest

from linzhi.domains.people.commands import RecordOwners, WithdrawOwners, record_owners, withdraw_owners
from linzhi.domains.people.models import Firm, Ownership, Person
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.outbox.models import Event
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, Refused


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


def roll(ground: SmallCounty, *given: dict[str, Any]) -> RecordOwners:
    full = [{"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰", **row} for row in given]
    return RecordOwners.model_validate({"place": ground.east.code, "rows": full})


def states(trace: list[dict[str, Any]]) -> list[str]:
    return [row["state"] for row in trace]


HALF = {"numerator": 1, "denominator": 2}


def test_co_owners_joint_owners_and_a_developer_are_taken_and_twice_changes_nothing(ground: SmallCounty, worker: Actor) -> None:
    two, three = ground.dwellings[1].pk, ground.dwellings[2].pk
    sheet = roll(
        ground,
        {**HALF, "representative": True, "certificate": "苏(2020)试验不动产权第0001号"},
        {**HALF, "name": "李守义"},
        {"dwelling_id": two, "name": "赵一", "joint": True},
        {"dwelling_id": two, "name": "钱二", "joint": True},
        {"dwelling_id": three, "owner": "developer", "name": "清禾置业有限公司", "basis": "developer"},
    )
    assert states(record_owners(worker, sheet, at=AT)) == ["created"] * 5
    assert states(record_owners(worker, sheet, at=AT + timedelta(days=9))) == ["same"] * 5
    assert (Person.objects.count(), Firm.objects.count(), Ownership.objects.count()) == (4, 1, 5)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (({}, {"name": "李守义"}), "超过了一整套"),
        (({**HALF}, {"name": "李守义", "joint": True}), "写成同一种"),
        (({**HALF, "representative": True}, {**HALF, "name": "李守义", "representative": True}), "一位共有人代表"),
        (({"joint": True, **HALF},), "不分份额"),
        (({"numerator": 3, "denominator": 2},), "大于一整套"),
        (({"basis": "hearsay"},), "不在可选的范围里"),
        (({"begin": date(2020, 1, 1), "end": date(2019, 1, 1)},), "早于取得日期"),
    ],
)
def test_a_roll_that_cannot_be_is_refused_with_the_row(
    ground: SmallCounty, worker: Actor, given: tuple[dict[str, Any], ...], why: str
) -> None:
    with pytest.raises(Refused, match=r"people\.bad_row") as caught:
        record_owners(worker, roll(ground, *given), at=AT)
    assert why in caught.value.message and caught.value.data["row"] == len(given)
    assert not Ownership.objects.exists()


def test_a_sale_is_an_end_and_a_new_owner_and_those_who_hold_posts_by_it_are_told(ground: SmallCounty, worker: Actor) -> None:
    record_owners(worker, roll(ground, {"begin": date(2010, 1, 1)}), at=AT)
    number = Ownership.objects.get().pk
    with pytest.raises(Refused, match=r"people\.bad_row"):
        record_owners(worker, roll(ground, {"name": "孙三", "number": number}), at=AT)
    sold = {"begin": date(2010, 1, 1), "end": date(2026, 3, 1)}
    assert states(record_owners(worker, roll(ground, sold, {"name": "孙三"}), at=AT)) == ["changed", "created"]
    assert [event.name for event in Event.objects.filter(name="people.OwnershipEnded")] == ["people.OwnershipEnded"]


def test_owners_are_the_communitys_to_enter(ground: SmallCounty) -> None:
    for role in ("grid_worker", "property_handler", "branch_secretary", "administrator"):
        with pytest.raises(NotAllowed):
            record_owners(holder(role, ground.community.path), roll(ground, {}), at=AT)


def test_a_roll_is_undone_with_the_persons_and_firms_it_made(ground: SmallCounty, worker: Actor) -> None:
    record_owners(worker, roll(ground, {**HALF, "phone": "19900000001"}), at=AT)
    sheet = roll(
        ground,
        {"numerator": 1, "denominator": 3, "phone": "19900000002", "certificate": "证0002"},
        {**HALF, "name": "李守义"},
        {"dwelling_id": ground.dwellings[1].pk, "owner": "company", "name": "某公司"},
    )
    trace = record_owners(worker, sheet, at=AT)
    withdraw_owners(worker, WithdrawOwners(place=ground.east.code, trace=trace), at=AT)
    kept = Ownership.objects.get()
    assert (kept.numerator, kept.denominator, kept.certificate.open_value()) == (1, 2, "")
    assert [person.phone.open_value() for person in Person.objects.all()] == ["19900000001"]
    assert not Firm.objects.exists()
