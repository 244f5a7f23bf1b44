from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from linzhi.domains.people import queries
from linzhi.domains.people.commands import (
    EndOwnership,
    MoveIn,
    MoveOut,
    RecordOwnership,
    RecordResidents,
    RegisterPerson,
    ResidentRow,
    end_ownership,
    move_in,
    move_out,
    record_ownership,
    record_residents,
    register_person,
)  # fmt: skip
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.rules import share_left
from linzhi.domains.places.tests.ground import AT, TODAY, SmallCounty, holder
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

LATER = AT + timedelta(days=30)


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def person(ground: SmallCounty, worker: Actor) -> Person:
    made = register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone="19900000001"), at=AT)
    Person.objects.filter(pk=made.pk).update(account_id=77)
    return made


def own(person: Person, ground: SmallCounty, top: int = 1, bottom: int = 1, **more: object) -> RecordOwnership:
    data = {"person_id": person.pk, "dwelling_id": ground.dwellings[0].pk, "numerator": top, "denominator": bottom, **more}
    return RecordOwnership.model_validate(data)


def test_shares_are_exact() -> None:
    assert share_left([(1, 3), (1, 3), (1, 3)]) == 0
    assert share_left([(1, 2), (2, 3)]) == Fraction(-1, 6)


def test_living_somewhere_begins_and_ends_and_both_are_remembered(ground: SmallCounty, worker: Actor, person: Person) -> None:
    residence = move_in(worker, MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
    move_out(worker, MoveOut(residence_id=residence.pk), at=LATER)
    assert [home.label for home in queries.homes_of(77, AT)] == ["1幢1单元101"]
    assert queries.homes_of(77, AT - timedelta(days=1)) == []
    assert queries.homes_of(77, LATER) == []
    assert queries.belongs_to(77, ground.community.path, LATER - timedelta(days=1))
    assert not queries.belongs_to(77, ground.community.path, LATER)
    assert not queries.belongs_to(77, ground.other.path, AT)
    move_in(worker, MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=LATER)
    assert Residence.objects.count() == 2


def test_moving_in_is_refused_twice_with_an_unknown_kind_before_the_house_or_elsewhere(
    ground: SmallCounty, worker: Actor, person: Person
) -> None:
    cmd = MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant")
    move_in(worker, cmd, at=AT)
    for change, refusal in (({}, "lives_there"), ({"kind": "ghost"}, "unknown_word"), ({"begin": date(1999, 1, 1)}, "not_in_force")):
        with pytest.raises(Refused, match=refusal):
            move_in(worker, cmd.model_copy(update=change), at=AT)
    with pytest.raises(NotAllowed):
        move_in(holder("community_worker", ground.other.path), cmd, at=AT)
    with pytest.raises(NotFound):
        move_in(worker, cmd.model_copy(update={"dwelling_id": 0}), at=AT)


def test_a_person_whom_the_worker_may_not_see_is_not_found(ground: SmallCounty, worker: Actor) -> None:
    there = holder("community_worker", ground.other.path)
    stranger = register_person(there, RegisterPerson(place=ground.far.code, name="远方"), at=AT)
    for number in (stranger.pk, 0):
        with pytest.raises(NotFound) as caught:
            move_in(worker, MoveIn(person_id=number, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
        assert caught.value.message == "没有这个人员，或者不在您的范围内。"


def test_moving_out_is_refused_twice_before_moving_in_and_elsewhere(ground: SmallCounty, worker: Actor, person: Person) -> None:
    residence = move_in(worker, MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
    with pytest.raises(Refused, match="ends_before_begin"):
        move_out(worker, MoveOut(residence_id=residence.pk, end=TODAY - timedelta(days=1)), at=AT)
    with pytest.raises(NotAllowed):
        move_out(holder("grid_worker", ground.far.path), MoveOut(residence_id=residence.pk), at=AT)
    move_out(worker, MoveOut(residence_id=residence.pk), at=LATER)
    with pytest.raises(Refused, match="moved_out"):
        move_out(worker, MoveOut(residence_id=residence.pk), at=LATER)
    with pytest.raises(NotFound):
        move_out(worker, MoveOut(residence_id=0), at=LATER)


def test_shares_of_a_dwelling_never_exceed_the_whole(ground: SmallCounty, worker: Actor, person: Person) -> None:
    other = register_person(worker, RegisterPerson(place=ground.east.code, name="李守义"), at=AT)
    record_ownership(worker, own(person, ground, 2, 3), at=AT)
    with pytest.raises(Refused, match="share_over_one"):
        record_ownership(worker, own(other, ground, 1, 2), at=AT)
    with pytest.raises(Refused, match="share_over_one"):
        record_ownership(worker, own(other, ground, 3, 2), at=AT)
    record_ownership(worker, own(other, ground, 1, 3), at=AT)
    assert queries.counts_by_estate(ground.county.path, TODAY)[ground.east.path].owners == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Ownership.objects.filter(person=other).update(numerator=4)


def test_ownership_is_refused_twice_with_an_unknown_basis_and_by_others_than_the_community(
    ground: SmallCounty, worker: Actor, person: Person
) -> None:
    record_ownership(worker, own(person, ground, 1, 2), at=AT)
    with pytest.raises(Refused, match="owns_there"):
        record_ownership(worker, own(person, ground, 1, 2), at=AT)
    with pytest.raises(Refused, match="unknown_word"):
        record_ownership(worker, own(person, ground, basis="dream"), at=AT)
    others = (("grid_worker", ground.east.path), ("property_handler", ground.east.path), ("community_worker", ground.other.path))
    for actor in (holder(role, path) for role, path in others):
        with pytest.raises(NotAllowed):
            record_ownership(actor, own(person, ground), at=AT)


def test_parting_with_a_dwelling_leaves_the_past_and_frees_the_share(ground: SmallCounty, worker: Actor, person: Person) -> None:
    ownership = record_ownership(worker, own(person, ground), at=AT)
    assert queries.homes_of(77, AT)[0].owned and queries.owns_in(person.pk, ground.east.path, AT)
    end_ownership(worker, EndOwnership(ownership_id=ownership.pk), at=LATER)
    assert not queries.owns_in(person.pk, ground.east.path, LATER)
    assert queries.owns_in(person.pk, ground.east.path, AT)
    other = register_person(worker, RegisterPerson(place=ground.east.code, name="李守义"), at=LATER)
    record_ownership(worker, own(other, ground), at=LATER)


def test_ending_an_ownership_is_refused_twice_ahead_of_time_before_its_begin_and_elsewhere(
    ground: SmallCounty, worker: Actor, person: Person
) -> None:
    ownership = record_ownership(worker, own(person, ground), at=AT)
    for day, refusal in ((TODAY + timedelta(days=1), "not_yet"), (TODAY - timedelta(days=1), "ends_before_begin")):
        with pytest.raises(Refused, match=refusal):
            end_ownership(worker, EndOwnership(ownership_id=ownership.pk, end=day), at=AT)
    with pytest.raises(NotAllowed):
        end_ownership(holder("community_worker", ground.other.path), EndOwnership(ownership_id=ownership.pk), at=AT)
    end_ownership(worker, EndOwnership(ownership_id=ownership.pk), at=AT)
    with pytest.raises(Refused, match="ownership_ended"):
        end_ownership(worker, EndOwnership(ownership_id=ownership.pk), at=AT)
    with pytest.raises(NotFound):
        end_ownership(worker, EndOwnership(ownership_id=0), at=AT)


def test_one_who_lives_in_the_own_dwelling_has_one_home_with_both_relations(ground: SmallCounty, worker: Actor, person: Person) -> None:
    move_in(worker, MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="owner_occupier"), at=AT)
    record_ownership(worker, own(person, ground), at=AT)
    record_ownership(worker, own(person, ground, dwelling_id=ground.dwellings[5].pk), at=AT)
    homes = queries.homes_of(77, AT)
    assert [(home.label, home.kinds) for home in homes] == [("1幢1单元101", ("owner", "owner_occupier")), ("2幢1单元102", ("owner",))]
    assert homes[0].estate_code == ground.east.code
    assert queries.accounts_in(ground.east.path, AT) == [77]
    assert queries.accounts_in(ground.far.path, AT) == []


def test_a_household_row_may_begin_before_it_is_registered(ground: SmallCounty, worker: Actor) -> None:
    row = ResidentRow(dwelling_id=ground.dwellings[0].pk, name="李守义", begin=date(2015, 5, 1))
    record_residents(worker, RecordResidents(place=ground.east.code, rows=(row,)), at=AT)
    assert queries.counts_by_estate(ground.east.path, date(2016, 1, 1))[ground.east.path].residents == 1
