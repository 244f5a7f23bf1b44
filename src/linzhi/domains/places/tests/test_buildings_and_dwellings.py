from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from linzhi.domains.places import queries
from linzhi.domains.places.commands import (
    AddBuilding,
    AddFacility,
    DwellingRow,
    RecordDwellings,
    add_building,
    add_facility,
    record_dwellings,
)  # fmt: skip
from linzhi.domains.places.models import Dwelling
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.actor import ANONYMOUS
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


def test_a_building_gets_a_code_below_its_estate(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    made = add_building(worker, AddBuilding(estate=ground.old.code, number="甲栋"), at=AT)
    assert made.code == f"{ground.old.code}-01" and made.path.startswith(ground.old.path)


def test_a_building_is_refused_elsewhere_outside_an_estate_or_with_a_taken_number(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    with pytest.raises(NotAllowed):
        add_building(worker, AddBuilding(estate=ground.far.code, number="1幢"), at=AT)
    with pytest.raises(Refused, match=r"places\.level"):
        add_building(worker, AddBuilding(estate=ground.community.code, number="1幢"), at=AT)
    with pytest.raises(Refused, match="number_taken"):
        add_building(worker, AddBuilding(estate=ground.east.code, number="1幢"), at=AT)
    with pytest.raises(Refused, match="not_in_force"):
        add_building(worker, AddBuilding(estate=ground.east.code, number="9幢", begin=date(1999, 1, 1)), at=AT)


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        ([{"room": "901"}, {"room": "901"}], "room", "第 3 行：和第 2 行是同一间"),
        ([{"room": "901", "use": "castle"}], "use", "“castle”不在可选的范围里"),
        ([{"room": "901", "kind": "castle"}], "kind", "“castle”不在可选的范围里"),
        ([{"room": "901", "occupancy": "haunted"}], "occupancy", "“haunted”不在可选的范围里"),
        ([{"room": "901", "exclusive_area": 8000}], "area_source", "专有面积要写明来源"),
        ([{"room": "901", "area_source": "surveyed"}], "exclusive_area", "没有写面积"),
        ([{"room": "901", "exclusive_area": 8000, "area_source": "guessed"}], "area_source", "“guessed”不在可选的范围里"),
        ([{"room": "901", "building": "nowhere"}], "building", "没有编码为 nowhere 的楼栋"),
        ([{"room": ""}], "room", "缺少房号"),
    ],
)
def test_dwellings_are_taken_all_or_none(ground: SmallCounty, rows: list[dict[str, object]], field: str, words: str) -> None:
    good = DwellingRow(unit="1", room="900")
    cmd = RecordDwellings(place=ground.buildings[0].code, rows=(good, *(DwellingRow.model_validate(row) for row in rows)))
    with pytest.raises(Refused, match=words) as caught:
        record_dwellings(SETUP, cmd, at=AT)
    assert caught.value.data["row"] >= 2 and caught.value.field == field
    assert not Dwelling.objects.filter(room="900").exists()


def test_dwellings_are_refused_elsewhere_and_where_no_building_is_named(ground: SmallCounty) -> None:
    rows = (DwellingRow(room="1"),)
    with pytest.raises(NotAllowed):
        cmd = RecordDwellings(place=ground.buildings[0].code, rows=rows)
        record_dwellings(holder("community_worker", ground.other.path), cmd, at=AT)
    with pytest.raises(Refused, match="没有编码为 — 的楼栋"):
        record_dwellings(SETUP, RecordDwellings(place=ground.east.code, rows=rows), at=AT)
    with pytest.raises(Refused, match="不在这次导入的范围里"):
        elsewhere = (DwellingRow(building=ground.buildings[1].code, room="1"),)
        record_dwellings(SETUP, RecordDwellings(place=ground.buildings[0].code, rows=elsewhere), at=AT)
    with pytest.raises(NotFound):
        record_dwellings(SETUP, RecordDwellings(place="nowhere", rows=rows), at=AT)


def test_the_database_itself_refuses_a_room_twice(ground: SmallCounty) -> None:
    row = ground.dwellings[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Dwelling.objects.create(building=row.building, path=row.path, unit=row.unit, room=row.room, begin=TODAY)


def test_staff_find_dwellings_as_people_write_them_and_others_find_none(ground: SmallCounty) -> None:
    worker = Powers(holder("community_worker", ground.community.path), AT)
    for text in ("2幢1单元201", "2-1-201", "2栋1单元201室"):
        assert [queries.label_of(row) for row in queries.find_dwellings(worker, ground.east.path, text)] == ["2幢1单元201"]
    assert len(queries.find_dwellings(worker, ground.east.path, "201")) == 2
    assert len(queries.find_dwellings(worker, ground.east.path)) == 8
    for actor in (ANONYMOUS, holder("community_worker", ground.other.path)):
        assert queries.find_dwellings(Powers(actor, AT), ground.east.path) == []


def test_counts_of_dwellings_are_as_of_a_day(ground: SmallCounty) -> None:
    Dwelling.objects.filter(pk=ground.dwellings[0].pk).update(end=TODAY)
    assert queries.dwelling_counts(ground.county.path, TODAY) == {ground.east.path: 7}
    assert queries.dwelling_counts(ground.county.path, TODAY - timedelta(days=1)) == {ground.east.path: 8}


def test_a_facility_gets_a_code_that_leads_back_to_its_place(ground: SmallCounty) -> None:
    firm = holder("property_handler", ground.east.path)
    lamp = add_facility(firm, AddFacility(place=ground.east.code, kind="lamp", name="东门路灯"), at=AT)
    lift = add_facility(firm, AddFacility(place=ground.buildings[1].code, kind="elevator", name="2幢电梯"), at=AT)
    assert lamp.code == f"{ground.east.code}-F001"
    found = queries.facility(lift.code)
    assert found is not None and found.building == ground.buildings[1] and found.path == ground.buildings[1].path
    assert queries.facilities(ground.east.path, TODAY) == [lamp, lift]
    for place, kind, refusal in ((ground.east.code, "ufo", "unknown_word"), (ground.community.code, "lamp", r"places\.level")):
        with pytest.raises(Refused, match=refusal):
            add_facility(SETUP, AddFacility(place=place, kind=kind, name="x"), at=AT)
    with pytest.raises(NotAllowed):
        add_facility(firm, AddFacility(place=ground.far.code, kind="lamp", name="x"), at=AT)
