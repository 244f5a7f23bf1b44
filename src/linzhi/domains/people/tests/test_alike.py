import pytest

from linzhi.domains.people import metrics
from linzhi.domains.people.commands import (
    KeepApart,
    MergePersons,
    RecordOwners,
    RecordResidents,
    keep_apart,
    merge_persons,
    record_owners,
    record_residents,
)
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def two(ground: SmallCounty, worker: Actor) -> tuple[int, int]:
    rows = [{"dwelling_id": ground.dwellings[i].pk, "name": name, "phone": "19900000001"} for i, name in enumerate(("王秀兰", "王秀蓝"))]
    made = record_residents(worker, RecordResidents.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
    return made[0]["person"], made[1]["person"]


def test_records_with_one_phone_are_proposed_until_somebody_has_looked(ground: SmallCounty, worker: Actor, two: tuple[int, int]) -> None:
    assert [one.persons for one in metrics.alike(ground.county.path)] == [two]
    keep_apart(worker, KeepApart(one_id=two[1], other_id=two[0]), at=AT)
    keep_apart(worker, KeepApart(one_id=two[0], other_id=two[1]), at=AT)
    assert metrics.alike(ground.county.path) == []


def test_a_merge_hands_over_homes_titles_and_the_account_and_leaves_a_pointer(
    ground: SmallCounty, worker: Actor, two: tuple[int, int]
) -> None:
    keep, drop = two
    rows = [{"dwelling_id": ground.dwellings[1].pk, "name": "王秀蓝"}]
    record_owners(worker, RecordOwners.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
    Person.objects.filter(pk=drop).update(account_id=77)
    merge_persons(worker, MergePersons(keep_id=keep, drop_id=drop, reason="本人到场核对"), at=AT)
    kept, dropped = Person.objects.get(pk=keep), Person.objects.get(pk=drop)
    assert (kept.account_id, dropped.account_id, dropped.merged_into_id) == (77, None, keep)
    assert (
        set(Residence.objects.values_list("person_id", flat=True)) == {keep} == set(Ownership.objects.values_list("person_id", flat=True))
    )
    assert metrics.alike(ground.county.path) == []
    with pytest.raises(Refused, match=r"people\.merged"):
        merge_persons(worker, MergePersons(keep_id=keep, drop_id=drop, reason="再来一次"), at=AT)


def test_a_merge_is_refused_for_two_accounts_a_doubled_title_and_by_others(
    ground: SmallCounty, worker: Actor, two: tuple[int, int]
) -> None:
    keep, drop = two
    cmd = MergePersons(keep_id=keep, drop_id=drop, reason="看着像")
    for role in ("grid_worker", "county_officer"):
        with pytest.raises(NotAllowed):
            merge_persons(holder(role, ground.community.path), cmd, at=AT)
    with pytest.raises((NotAllowed, NotFound)):
        merge_persons(holder("community_worker", ground.other.path), cmd, at=AT)
    half = {"dwelling_id": ground.dwellings[0].pk, "numerator": 1, "denominator": 2}
    rows = [{**half, "name": "王秀兰"}, {**half, "name": "王秀蓝", "phone": "19900000001"}]
    record_owners(worker, RecordOwners.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
    with pytest.raises(Refused, match="owns_twice"):
        merge_persons(worker, cmd, at=AT)
    Person.objects.filter(pk=keep).update(account_id=77)
    Person.objects.filter(pk=drop).update(account_id=78)
    with pytest.raises(Refused, match="two_accounts"):
        merge_persons(worker, cmd, at=AT)
