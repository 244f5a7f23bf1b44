"""The closed room: figures for others, the ledger of the party line, and what follows when records turn out to be one person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linzhi.domains.people import metrics, queries
from linzhi.domains.people.commands import (
    MemberRow,
    MergePersons,
    RecordMemberships,
    RecordResidents,
    ResidentRow,
    merge_persons,
    record_memberships,
    record_residents,
)  # fmt: skip
from linzhi.domains.people.models import Membership, Person, Residence
from linzhi.domains.people.queries.members import own_subjects, person_behind
from linzhi.domains.people.registers import members as ledger
from linzhi.domains.places.tests.ground import AT, TODAY, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.columns import Masked
from linzhi.foundation.sheets.register import Row
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused


@pytest.fixture
def secretary(ground: SmallCounty) -> Actor:
    return holder("branch_secretary", ground.east.path)


def settle(ground: SmallCounty, *names: str, dwelling: int = 0) -> list[int]:
    """Residents of a dwelling of 东苑."""
    rows = tuple(
        ResidentRow(dwelling_id=ground.dwellings[dwelling].pk, name=name, phone=f"1990000{number:04d}", begin=date(2020, 1, 1))
        for number, name in enumerate(names)
    )
    made = record_residents(holder("community_worker", ground.community.path), RecordResidents(place=ground.east.code, rows=rows), at=AT)
    return [int(row["person"]) for row in made]


def enter(ground: SmallCounty, secretary: Actor, persons: list[int], **more: Any) -> None:
    rows = tuple(MemberRow(person_id=pk, **({"kind": "living", "standing": "probationary"} | more)) for pk in persons)
    record_memberships(secretary, RecordMemberships(estate=ground.east.code, rows=rows), at=AT)


@pytest.mark.parametrize(("living", "seated", "total", "kinds"), [(0, 0, 0, True), (4, 0, None, False), (5, 0, 5, True), (5, 2, 7, False)])
def test_others_see_no_number_below_the_smallest_and_no_way_to_compute_it(
    ground: SmallCounty, secretary: Actor, living: int, seated: int, total: int | None, kinds: bool
) -> None:
    persons = settle(ground, *(f"住户{n}" for n in range(living + seated))) if living + seated else []
    if living:
        enter(ground, secretary, persons[:living])
    if seated:
        enter(ground, secretary, persons[living:], kind="seated")
    for role in ("community_worker", "grid_worker", "county_officer", "administrator"):
        seen = queries.member_counts(Powers(holder(role, ground.county.path), AT), ground.east.path)
        assert (seen.total, seen.kinds is not None, seen.least, seen.exact) == (total, kinds, 5, False), role
    exact = queries.member_counts(Powers(secretary, AT), ground.east.path)
    assert exact.total == living + seated and exact.kinds is not None and exact.kinds["seated"] == seated and exact.exact


def test_a_small_number_is_not_the_difference_of_two_sums(ground: SmallCounty, secretary: Actor) -> None:
    enter(ground, secretary, settle(ground, *(f"住户{n}" for n in range(6))))
    Membership.objects.create(
        person=Sealed.of("1"), person_index="other", path=ground.old.path, kind="seated", standing="probationary", begin=TODAY
    )  # fmt: skip
    officer = Powers(holder("county_officer", ground.county.path), AT)
    assert queries.member_counts(officer, ground.east.path).total == 6
    assert queries.member_counts(officer, ground.community.path).total is None
    assert queries.member_counts(Powers(holder("party_officer", ground.community.path), AT), ground.community.path).total == 7


def sheet(ground: SmallCounty, name: str, **more: Any) -> Row:
    cells: dict[str, Any] = {column.code: None for column in ledger.COLUMNS}
    room = ground.dwellings[0]
    address = {"estate": "东苑", "building": room.building.number, "unit": room.unit, "room": room.room}
    return cells | address | {"name": name, "kind": "seated", "standing": "full", "full_since": date(2001, 7, 1)} | more


def test_a_ledger_finds_members_by_address_and_name_and_twice_changes_nothing(ground: SmallCounty, secretary: Actor) -> None:
    settle(ground, "王秀兰", "李守义")
    rows, powers, place = (
        [sheet(ground, "王秀兰", seat="机械厂支部"), sheet(ground, "李守义")],
        Powers(secretary, AT),
        ground.east.territory,
    )
    assert [one.state for one in ledger.BOOK.judge(powers, place, rows)] == ["new", "new"]
    trace = ledger.BOOK.take(secretary, place, rows, at=AT, key="a")
    assert [one.state for one in ledger.BOOK.judge(powers, place, rows)] == ["same", "same"]
    assert [one["state"] for one in ledger.BOOK.take(secretary, place, rows, at=AT, key="b")] == ["same", "same"]
    ledger.BOOK.undo(secretary, place, trace, at=AT, key="c")
    assert not Membership.objects.exists()


def test_what_the_ledger_exports_masked_comes_back_as_it_was(ground: SmallCounty, secretary: Actor) -> None:
    settle(ground, "王秀兰")
    place, powers = ground.east.territory, Powers(secretary, AT)
    ledger.BOOK.take(secretary, place, [sheet(ground, "王秀兰", seat="机械厂支部", settled=date(2025, 1, 1), willing=True)], at=AT, key="a")
    (out,) = ledger.rows(powers, place, TODAY)
    masked = {code: Masked(value.masked) if isinstance(value, Sealed) else value for code, value in out.items()}
    assert masked["name"] == "王**" and [one.state for one in ledger.BOOK.judge(powers, place, [masked])] == ["same"]
    assert ledger.subject(out) == (f"people.membership:{Membership.objects.get().pk}", None)
    assert [one.state for one in ledger.BOOK.judge(powers, place, [{**masked, "name": Masked("李**")}])] == ["bad"]
    for role in ("community_worker", "county_officer", "administrator"):
        assert list(ledger.rows(Powers(holder(role, ground.county.path), AT), place, TODAY)) == []


@pytest.mark.parametrize(
    ("more", "column"),
    [({"name": "不住这里"}, "name"), ({"full_since": None}, "full_since"), ({"number": 987654}, "number"), ({"name": Masked("王**")}, "name"),
     ({"room": "999"}, "room")],
)  # fmt: skip
def test_a_row_of_the_ledger_that_names_nobody_says_why(ground: SmallCounty, secretary: Actor, more: dict[str, Any], column: str) -> None:
    settle(ground, "王秀兰")
    row = {**sheet(ground, "王秀兰"), **more}
    (verdict,) = ledger.BOOK.judge(Powers(secretary, AT), ground.east.territory, [row])
    assert verdict.state == "bad" and verdict.faults[0].column == column and verdict.faults[0].remedy
    with pytest.raises(Refused):
        ledger.BOOK.take(secretary, ground.east.territory, [row], at=AT, key="x")


def test_two_of_one_name_in_a_dwelling_are_told_apart_by_their_phones(ground: SmallCounty, secretary: Actor) -> None:
    one, other = settle(ground, "王强", "王刚")
    twin = Person.objects.get(pk=other)
    Residence.objects.filter(person=twin).update(named=Residence.objects.get(person_id=one).named)
    place, powers = ground.east.territory, Powers(secretary, AT)
    assert ledger.BOOK.judge(powers, place, [sheet(ground, "王强")])[0].faults[0].column == "phone"
    assert ledger.BOOK.judge(powers, place, [sheet(ground, "王强", phone="19900000000")])[0].state == "new"


def test_a_membership_follows_the_record_that_is_kept(ground: SmallCounty, secretary: Actor) -> None:
    keep, drop = settle(ground, "王秀兰", "王秀蓝")
    enter(ground, secretary, [keep, drop])
    Person.objects.filter(pk=keep).update(account_id=77)
    worker = holder("community_worker", ground.community.path)
    merge_persons(worker, MergePersons(keep_id=keep, drop_id=drop, reason="写错了一个字"), at=AT)
    one = Membership.objects.get()
    behind = person_behind(one)
    assert behind is not None and behind.pk == keep and own_subjects(77) == [f"people.membership:{one.pk}"]
    assert metrics.members_by_kind(ground.east.path, TODAY) == {ground.east.path: {"living": 1}}
    enter(ground, secretary, [keep])
    assert Membership.objects.count() == 1
