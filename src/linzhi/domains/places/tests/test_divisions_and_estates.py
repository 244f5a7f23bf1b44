from datetime import timedelta

import pytest

from linzhi.domains.places import queries
from linzhi.domains.places.commands import AddDivision, RegisterEstate, ReviseEstate, add_division, register_estate, revise_estate
from linzhi.domains.places.models import Estate
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import ANONYMOUS, System
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


def estate(ground: SmallCounty, **more: object) -> RegisterEstate:
    return RegisterEstate.model_validate({"community": ground.community.code, "name": "新苑", "kind": "commodity", **more})


def test_an_administrator_adds_a_community_inside_the_own_county_only(ground: SmallCounty) -> None:
    administrator = holder("administrator", ground.county.path)
    cmd = AddDivision(parent=ground.street.code, level="community", code="980101001002", name="丙社区")
    assert add_division(administrator, cmd, at=AT).path.startswith(ground.street.path)
    with pytest.raises(NotAllowed):
        add_division(administrator, AddDivision(parent="980100", level="county", code="980102", name="另一区"), at=AT)


def test_a_division_is_refused_at_the_wrong_level_with_a_taken_code_or_without_a_parent(ground: SmallCounty) -> None:
    for parent, level, code, refusal in (
        (ground.county.code, "community", "X1", "territory.level"),
        (ground.county.code, "street", ground.street.code, "territory.code_taken"),
    ):
        with pytest.raises(Refused, match=refusal):
            add_division(SETUP, AddDivision(parent=parent, level=level, code=code, name="新"), at=AT)
    with pytest.raises(NotFound):
        add_division(SETUP, AddDivision(parent="nowhere", level="street", code="X2", name="新"), at=AT)


def test_a_community_worker_registers_an_estate_in_the_own_community_only(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    made = register_estate(worker, estate(ground), at=AT)
    assert made.code == f"{ground.community.code}003"
    with pytest.raises(NotAllowed):
        register_estate(worker, estate(ground, community=ground.other.code), at=AT)
    with pytest.raises(NotAllowed):
        register_estate(holder("grid_worker", ground.community.path), estate(ground, name="别苑"), at=AT)


@pytest.mark.parametrize("job", ["requests.remind", "places.setup"])
def test_another_job_than_setup_may_not_touch_the_ground(ground: SmallCounty, job: str) -> None:
    with pytest.raises(NotAllowed):
        register_estate(System(job), estate(ground), at=AT)


def test_an_estate_is_refused_outside_a_community_with_unknown_words_or_a_name_that_is_there(ground: SmallCounty) -> None:
    for more, refusal in (
        ({"community": ground.street.code}, "places.level"),
        ({"kind": "castle"}, "places.unknown_word"),
        ({"self_government": "king"}, "places.unknown_word"),
        ({"property_arrangement": "magic"}, "places.unknown_word"),
        ({"name": "东苑"}, "places.name_taken"),
        ({"begin": "1970-01-01"}, "places.not_in_force"),
    ):
        with pytest.raises(Refused, match=refusal):
            register_estate(SETUP, estate(ground, **more), at=AT)


def test_revising_an_estate_keeps_what_it_was_in_the_audit_entry(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    revise_estate(worker, ReviseEstate(estate_id=ground.east.pk, kind="mixed", households=8), at=AT)
    ground.east.refresh_from_db()
    assert (ground.east.kind, ground.east.households) == ("mixed", 8)
    entry = Entry.objects.get(action="places.revise_estate")
    assert entry.data["_"]["before"] == {"kind": "commodity", "households": None}


def test_revising_is_refused_without_a_change_elsewhere_or_for_nothing(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    with pytest.raises(Refused, match="nothing_changed"):
        revise_estate(worker, ReviseEstate(estate_id=ground.east.pk, kind="commodity"), at=AT)
    with pytest.raises(Refused, match="unknown_word"):
        revise_estate(worker, ReviseEstate(estate_id=ground.east.pk, kind="castle"), at=AT)
    with pytest.raises(NotAllowed):
        revise_estate(worker, ReviseEstate(estate_id=ground.far.pk, kind="mixed"), at=AT)
    with pytest.raises(NotFound):
        revise_estate(worker, ReviseEstate(estate_id=0, kind="mixed"), at=AT)


def test_anyone_sees_the_estates_of_a_day_and_staff_those_in_their_charge(ground: SmallCounty) -> None:
    anyone = Powers(ANONYMOUS, AT)
    assert [row.name for row in queries.estates(anyone)] == ["东苑", "旧里", "远庄"]
    assert [row.name for row in queries.estates(anyone, ground.community.path)] == ["东苑", "旧里"]
    Estate.objects.filter(pk=ground.old.pk).update(end=TODAY)
    assert [row.name for row in queries.estates(anyone)] == ["东苑", "远庄"]
    assert "旧里" in [row.name for row in queries.estates(Powers(ANONYMOUS, AT - timedelta(days=1)))]
    head = holder("building_head", ground.buildings[0].path)
    assert [row.name for row in queries.estates_in_charge(Powers(head, AT))] == ["东苑"]
    assert queries.estates_in_charge(anyone) == []


def test_places_have_labels_that_people_use(ground: SmallCounty) -> None:
    building = ground.buildings[0].path
    assert queries.place_labels([building, ground.east.path, ground.county.path, "99999"]) == {
        building: "东苑 1幢", ground.east.path: "东苑", ground.county.path: "试验区",
    }  # fmt: skip
    assert queries.place_label(building) == "东苑 1幢"
    assert queries.estate_at(building) == ground.east and queries.estate_at(ground.county.path) is None
    assert queries.estate(ground.far.code) == ground.far
    assert queries.estates_by_path([building, ground.county.path]) == {ground.east.path: ground.east}
