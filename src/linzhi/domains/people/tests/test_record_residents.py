from datetime import date, timedelta
from typing import Any

import pytest

from linzhi.domains.people.commands import (
    MoveOut,
    RecordMemberships,
    RecordOwners,
    RecordResidents,
    WithdrawResidents,
    move_out,
    record_memberships,
    record_owners,
    record_residents,
    withdraw_residents,
)  # fmt: skip
from linzhi.domains.people.models import Person, Residence
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


def rows(ground: SmallCounty, *given: dict[str, Any]) -> RecordResidents:
    full = [{"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰", **row} for row in given]
    return RecordResidents.model_validate({"place": ground.east.code, "rows": full})


def states(trace: list[dict[str, Any]]) -> list[str]:
    return [row["state"] for row in trace]


def test_the_same_sheet_twice_changes_nothing(ground: SmallCounty, worker: Actor) -> None:
    sheet = rows(ground, {"phone": "19900000001", "begin": date(2020, 5, 1)}, {"name": "李守义", "kind": "family"})
    assert states(record_residents(worker, sheet, at=AT)) == ["created", "created"]
    assert states(record_residents(worker, sheet, at=AT + timedelta(days=40))) == ["same", "same"]
    assert (Person.objects.count(), Residence.objects.count()) == (2, 2)


def test_a_new_phone_and_an_end_are_taken_and_the_past_sheet_still_finds_its_row(ground: SmallCounty, worker: Actor) -> None:
    record_residents(worker, rows(ground, {"phone": "19900000001", "begin": date(2020, 5, 1)}), at=AT)
    later = rows(ground, {"phone": "19900000002", "begin": date(2020, 5, 1), "end": date(2026, 2, 1)})
    assert states(record_residents(worker, later, at=AT)) == ["changed"]
    assert Person.objects.get().phone.open_value() == "19900000002"
    assert Residence.objects.get().end == date(2026, 2, 1)
    assert states(record_residents(worker, later, at=AT)) == ["same"]


def test_somebody_who_returns_gets_a_second_residence_and_stays_one_person(ground: SmallCounty, worker: Actor) -> None:
    first = record_residents(worker, rows(ground, {"phone": "19900000001", "begin": date(2020, 5, 1)}), at=AT)
    move_out(worker, MoveOut(residence_id=first[0]["residence"], end=date(2021, 1, 1)), at=AT)
    again = record_residents(worker, rows(ground, {"phone": "19900000001", "begin": date(2024, 1, 1)}), at=AT)
    assert states(again) == ["created"]
    assert (Person.objects.count(), Residence.objects.count()) == (1, 2)


def test_a_masked_cell_leaves_what_is_kept_and_any_other_mask_is_refused(ground: SmallCounty, worker: Actor) -> None:
    made = record_residents(worker, rows(ground, {"phone": "19900000001"}), at=AT)
    number = made[0]["residence"]
    same = rows(ground, {"name": "王**", "phone": "199****0001", "number": number})
    assert states(record_residents(worker, same, at=AT)) == ["same"]
    for wrong in ({"name": "李**", "number": number}, {"name": "王秀兰", "phone": "199****0009", "number": number}, {"name": "赵*"}):
        with pytest.raises(Refused, match=r"people\.bad_row"):
            record_residents(worker, rows(ground, wrong), at=AT)


def test_one_name_and_phone_is_one_person_and_a_look_alike_never_is(ground: SmallCounty, worker: Actor) -> None:
    other = ground.dwellings[5].pk
    record_residents(worker, rows(ground, {"phone": "19900000001"}), at=AT)
    record_residents(worker, rows(ground, {"dwelling_id": other, "phone": "19900000001", "kind": "tenant"}), at=AT)
    assert Person.objects.count() == 1
    record_residents(worker, rows(ground, {"dwelling_id": other, "name": "王秀蓝", "phone": "19900000001", "kind": "tenant"}), at=AT)
    assert Person.objects.count() == 2


def test_an_owner_who_is_entered_as_resident_is_the_same_person(ground: SmallCounty, worker: Actor) -> None:
    roll = {"place": ground.east.code, "rows": [{"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰"}]}
    record_owners(worker, RecordOwners.model_validate(roll), at=AT)
    record_residents(worker, rows(ground, {"phone": "19900000001"}), at=AT)
    assert Person.objects.count() == 1


def test_an_import_is_undone_whole_while_nothing_rests_on_it(ground: SmallCounty, worker: Actor) -> None:
    record_residents(worker, rows(ground, {"phone": "19900000001", "kind": "tenant"}), at=AT)
    trace = record_residents(worker, rows(ground, {"phone": "19900000002", "kind": "lodger"}, {"name": "李守义"}), at=AT)
    withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=trace), at=AT)
    person = Person.objects.get()
    assert (person.name.open_value(), person.phone.open_value(), Residence.objects.get().kind) == ("王秀兰", "19900000001", "tenant")


def test_an_import_is_not_undone_once_something_rests_on_it_or_a_row_was_changed(ground: SmallCounty, worker: Actor) -> None:
    trace = record_residents(worker, rows(ground, {"phone": "19900000001"}), at=AT)
    second = record_residents(worker, rows(ground, {"phone": "19900000002"}), at=AT)
    third = record_residents(worker, rows(ground, {"phone": "19900000003"}), at=AT)
    with pytest.raises(Refused, match=r"people\.undo_changed"):
        withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=second), at=AT)
    withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=third), at=AT)
    withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=second), at=AT)
    roll = {"place": ground.east.code, "rows": [{"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰"}]}
    record_owners(worker, RecordOwners.model_validate(roll), at=AT)
    with pytest.raises(Refused, match=r"people\.undo_used"):
        withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=trace), at=AT)
    assert Residence.objects.count() == 1


def test_an_import_is_not_undone_under_somebody_who_is_in_the_closed_room_and_does_not_say_so(ground: SmallCounty, worker: Actor) -> None:
    trace = record_residents(worker, rows(ground, {"phone": "19900000001"}), at=AT)
    member = {"person_id": trace[0]["person"], "full_since": date(2001, 7, 1)}
    room = RecordMemberships.model_validate({"estate": ground.east.code, "rows": [member]})
    record_memberships(holder("branch_secretary", ground.east.path), room, at=AT)
    with pytest.raises(Refused, match=r"people\.undo_used") as caught:
        withdraw_residents(worker, WithdrawResidents(place=ground.east.code, trace=trace), at=AT)
    assert "党" not in caught.value.message
    assert (Person.objects.count(), Residence.objects.count()) == (1, 1)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    ground: SmallCounty, worker: Actor, django_assert_max_num_queries: Any
) -> None:
    def sheet(n: int, start: int) -> RecordResidents:
        return rows(ground, *({"name": f"张{i}", "phone": f"199{i:08d}", "household": 1} for i in range(start, start + n)))

    record_residents(worker, sheet(2, 0), at=AT)
    with django_assert_max_num_queries(18):
        record_residents(worker, sheet(200, 100), at=AT)
