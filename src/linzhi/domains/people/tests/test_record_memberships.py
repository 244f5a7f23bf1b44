from datetime import date
from typing import Any

import pytest
from django.core import serializers

from linzhi.domains.people import metrics
from linzhi.domains.people.commands import (
    MoveIn,
    RecordMemberships,
    RegisterPerson,
    WithdrawMemberships,
    move_in,
    record_memberships,
    register_person,
    withdraw_memberships,
)  # fmt: skip
from linzhi.domains.people.models import Membership, Person
from linzhi.domains.places.queries import Estate
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.outbox.models import Event
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, Refused


@pytest.fixture
def secretary(ground: SmallCounty) -> Actor:
    return holder("branch_secretary", ground.east.path)


@pytest.fixture
def person(ground: SmallCounty) -> Person:
    worker = holder("community_worker", ground.community.path)
    made = register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone="19900000001"), at=AT)
    move_in(worker, MoveIn(person_id=made.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
    return made


def rows(ground: SmallCounty, person_id: int, **more: Any) -> RecordMemberships:
    row = {"person_id": person_id, "full_since": date(2001, 7, 1), "settled": date(2025, 9, 2), "seat": "试验区供电局党委", **more}
    return RecordMemberships.model_validate({"estate": ground.east.code, "rows": [row]})


def counted(ground: SmallCounty, on: date, months: int = 6) -> int:
    return int(Estate.objects.filter(pk=ground.east.pk).annotate(n=metrics.members("path", on, months=months)).get().n)


def test_only_the_party_line_of_the_estate_enters_the_room(ground: SmallCounty, person: Person, secretary: Actor) -> None:
    for role in ("community_worker", "grid_worker", "county_officer", "administrator", "committee_member", "property_handler"):
        with pytest.raises(NotAllowed):
            record_memberships(holder(role, ground.county.path), rows(ground, person.pk), at=AT)
    with pytest.raises(NotAllowed):
        record_memberships(holder("branch_secretary", ground.old.path), rows(ground, person.pk), at=AT)
    assert record_memberships(secretary, rows(ground, person.pk), at=AT)[0]["state"] == "created"


def test_nothing_outside_the_seals_says_who_is_a_member(ground: SmallCounty, person: Person, secretary: Actor) -> None:
    record_memberships(secretary, rows(ground, person.pk), at=AT)
    room = serializers.serialize("json", Membership.objects.all())
    member = Membership.objects.get()
    assert "供电局" not in room and f'"{person.pk}"' not in room
    assert not [field for field in Membership._meta.fields if field.is_relation]
    told = str(list(Entry.objects.filter(action="people.record_memberships").values())) + str(list(Event.objects.values()))
    assert f"person_id': {person.pk}" not in told and "people.person" not in told and "供电局" not in told
    assert member.person.open_value() == str(person.pk)


def test_a_day_long_ago_is_not_kept_so_that_it_cannot_be_matched_with_a_residence(
    ground: SmallCounty, person: Person, secretary: Actor
) -> None:
    record_memberships(secretary, rows(ground, person.pk, settled=date(1998, 4, 17)), at=AT)
    assert Membership.objects.get().settled == date(2024, 3, 2)


def test_a_member_counts_from_the_very_day_the_half_year_is_full(ground: SmallCounty, person: Person, secretary: Actor) -> None:
    record_memberships(secretary, rows(ground, person.pk, settled=date(2025, 9, 2), begin=date(2025, 10, 1)), at=AT)
    assert [counted(ground, day) for day in (date(2026, 3, 1), date(2026, 3, 2))] == [0, 1]
    assert counted(ground, date(2026, 3, 1), months=0) == 1
    assert counted(ground, date(2025, 9, 30), months=0) == 0


@pytest.mark.parametrize(
    ("settled", "day", "counts"),
    [
        (date(2025, 8, 31), date(2026, 2, 27), 0),
        (date(2025, 8, 31), date(2026, 2, 28), 1),
        (date(2025, 8, 29), date(2026, 2, 28), 1),
    ],
)
def test_half_a_year_ends_with_a_short_month(
    ground: SmallCounty, person: Person, secretary: Actor, settled: date, day: date, counts: int
) -> None:
    record_memberships(secretary, rows(ground, person.pk, settled=settled, begin=settled), at=AT)
    assert counted(ground, day) == counts


def test_probationary_members_and_those_of_other_kinds_count_only_where_asked(
    ground: SmallCounty, person: Person, secretary: Actor
) -> None:
    record_memberships(secretary, rows(ground, person.pk, standing="probationary", full_since=None, kind="floating"), at=AT)
    on = AT.date()
    everyone = Estate.objects.annotate(n=metrics.members("path", on, full=False), seated=metrics.members("path", on, kinds=("seated",)))
    assert everyone.values_list("n", "seated").get(pk=ground.east.pk) == (1, 0)
    assert metrics.members_by_kind(ground.county.path, on) == {ground.east.path: {"floating": 1}}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"full_since": None}, "转正日期"),
        ({"standing": "probationary"}, "没有转正日期"),
        ({"kind": "secret"}, "不在可选"),
        ({"settled": date(2027, 1, 1)}, "还没到"),
        ({"person_id": 0}, "人员台账里没有"),
    ],
)
def test_a_row_that_cannot_be_is_refused(ground: SmallCounty, person: Person, secretary: Actor, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=r"people\.bad_row") as caught:
        record_memberships(secretary, rows(ground, more.pop("person_id", person.pk), **more), at=AT)
    assert why in caught.value.message


def test_entering_again_changes_nothing_and_an_entry_can_be_taken_back(ground: SmallCounty, person: Person, secretary: Actor) -> None:
    record_memberships(secretary, rows(ground, person.pk), at=AT)
    assert record_memberships(secretary, rows(ground, person.pk), at=AT)[0]["state"] == "same"
    trace = record_memberships(secretary, rows(ground, person.pk, willing=True, seat="甲社区党总支", kind="seated"), at=AT)
    assert trace[0]["state"] == "changed"
    withdraw_memberships(secretary, WithdrawMemberships(estate=ground.east.code, trace=trace), at=AT)
    member = Membership.objects.get()
    assert (member.kind, member.willing, member.seat.open_value()) == ("living", False, "试验区供电局党委")
    with pytest.raises(Refused, match=r"people\.undo_changed"):
        withdraw_memberships(secretary, WithdrawMemberships(estate=ground.east.code, trace=trace), at=AT)
