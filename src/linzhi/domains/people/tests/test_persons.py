from datetime import date, timedelta

import pytest

from linzhi.domains.people import queries
from linzhi.domains.people.commands import RecordResidents, RegisterPerson, ResidentRow, record_residents, register_person
from linzhi.domains.people.models import Person, Residence
from linzhi.domains.places.queries import Estate
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import ANONYMOUS
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


def test_a_worker_registers_a_person_in_the_own_community_only(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    person = register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone="+86 199 0000 0001"), at=AT)
    assert (person.county, person.path) == (ground.county.path, ground.east.path)
    assert str(person.name) == "王**"
    with pytest.raises(NotAllowed):
        register_person(worker, RegisterPerson(place=ground.far.code, name="王秀兰"), at=AT)
    for role in ("property_handler", "county_officer", "administrator"):
        with pytest.raises(NotAllowed):
            register_person(holder(role, ground.county.path), RegisterPerson(place=ground.east.code, name="王秀兰"), at=AT)


def test_a_person_is_refused_above_a_community_with_a_bad_phone_or_at_no_place(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.county.path)
    with pytest.raises(Refused, match=r"people\.place"):
        register_person(worker, RegisterPerson(place=ground.street.code, name="王秀兰"), at=AT)
    with pytest.raises(Refused, match=r"phone\.invalid"):
        register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone="12345"), at=AT)
    with pytest.raises(NotFound):
        register_person(worker, RegisterPerson(place="nowhere", name="王秀兰"), at=AT)


def test_neither_name_nor_phone_is_in_the_database_or_the_audit_log_in_clear(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone="19900000001"), at=AT)
    row = ResidentRow(dwelling_id=ground.dwellings[0].pk, name="李守义", phone="19900000002")
    record_residents(worker, RecordResidents(place=ground.east.code, rows=(row,)), at=AT)
    kept = str(list(Entry.objects.filter(action__startswith="people.").values_list("data", flat=True)))
    kept += "".join(person.name.stored + person.phone.stored + person.phone_index for person in Person.objects.all())
    assert not any(word in kept for word in ("王秀兰", "李守义", "19900000001", "19900000002"))


def test_the_same_phone_is_no_reason_to_refuse_but_is_noted(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    for name in ("王秀兰", "李守义"):
        register_person(worker, RegisterPerson(place=ground.east.code, name=name, phone="19900000001"), at=AT)
    entries = Entry.objects.filter(action="people.register_person").order_by("pk")
    assert [entry.data["_"]["same_phone"] for entry in entries] == [0, 1]
    assert len(queries.by_phone(Powers(worker, AT), "199-0000-0001")) == 2
    assert queries.by_phone(Powers(holder("community_worker", ground.other.path), AT), "19900000001") == []


def household(ground: SmallCounty, **more: object) -> RecordResidents:
    row = {"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰", "kind": "tenant", **more}
    good = ResidentRow(dwelling_id=ground.dwellings[1].pk, name="李守义")
    return RecordResidents(place=ground.east.code, rows=(good, ResidentRow.model_validate(row)))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"dwelling_id": 0}, "没有这套房屋"),
        ({"begin": date(1999, 1, 1)}, "才建成"),
        ({"kind": "ghost"}, "不在可选的范围里"),
        ({"phone": "12"}, "11 位数字"),
    ],
)
def test_households_are_taken_all_or_none_and_the_bad_row_is_named(ground: SmallCounty, more: dict[str, object], refusal: str) -> None:
    Estate.objects.filter(pk=ground.east.pk).update(built_year=2000)
    with pytest.raises(Refused, match=r"people\.bad_row") as caught:
        record_residents(holder("grid_worker", ground.east.path), household(ground, **more), at=AT)
    assert caught.value.data["row"] == 2 and "第 2 行" in caught.value.message and refusal in caught.value.message
    assert not Person.objects.exists()


def test_households_come_with_their_residence_and_stay_inside_the_place(ground: SmallCounty) -> None:
    made = record_residents(holder("grid_worker", ground.east.path), household(ground), at=AT)
    assert [row.kind for row in Residence.objects.order_by("pk")] == ["owner_occupier", "tenant"]
    assert [one["state"] for one in made] == ["created"] * 2
    assert {person.county for person in Person.objects.all()} == {ground.county.path}
    worker = holder("community_worker", ground.county.path)
    with pytest.raises(Refused, match=r"people\.bad_row"):
        record_residents(worker, household(ground).model_copy(update={"place": ground.far.code}), at=AT)
    with pytest.raises(NotAllowed):
        record_residents(holder("grid_worker", ground.far.path), household(ground), at=AT)


def test_persons_are_seen_by_the_workers_of_their_place_and_by_themselves(ground: SmallCounty) -> None:
    made = record_residents(holder("grid_worker", ground.east.path), household(ground), at=AT)
    one, two = (Person.objects.get(pk=row["person"]) for row in made)
    Person.objects.filter(pk=one.pk).update(account_id=77)
    one.refresh_from_db()
    seen = {
        "grid": queries.people(Powers(holder("grid_worker", ground.buildings[0].path), AT), ground.east.path),
        "community": queries.people(Powers(holder("community_worker", ground.community.path), AT), ground.county.path),
        "elsewhere": queries.people(Powers(holder("community_worker", ground.other.path), AT), ground.county.path),
        "county": queries.people(Powers(holder("county_officer", ground.county.path), AT), ground.county.path),
        "property": queries.people(Powers(holder("property_handler", ground.east.path), AT), ground.county.path),
        "anyone": queries.people(Powers(ANONYMOUS, AT), ground.county.path),
    }
    assert {who: [person.pk for person in rows] for who, rows in seen.items()} == {
        "grid": [one.pk, two.pk], "community": [one.pk, two.pk], "elsewhere": [], "county": [], "property": [], "anyone": [],
    }  # fmt: skip
    for who, allowed in ((Powers(type(ANONYMOUS)("person", 77), AT), [one.pk]), (Powers(type(ANONYMOUS)("person", 78), AT), [])):
        assert [person.pk for person in Person.objects.filter(who.visible("people.view_person"))] == allowed
        assert bool(who.decide("people.view_person", one)) == bool(allowed)


def test_counts_of_an_estate_name_nobody_and_are_as_of_a_day(ground: SmallCounty) -> None:
    record_residents(holder("grid_worker", ground.east.path), household(ground), at=AT)
    counts = queries.Counts(households=2, residents=2, owners=0)
    assert queries.counts_by_estate(ground.county.path, AT.date()) == {ground.east.path: counts}
    assert queries.counts_by_estate(ground.county.path, AT.date() - timedelta(days=1)) == {}
