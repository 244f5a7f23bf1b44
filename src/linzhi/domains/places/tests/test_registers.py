"""The registers as sheets: what the preview says is what taking does, the same rows twice are nothing, and an import can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhi.domains.places.commands import CreateGrid, MergeDivisions, create_grid, merge_divisions
from linzhi.domains.places.models import (
    Building,
    Dwelling,
    Estate,
    Facility,
    FormerFacts,
    Grid,
    GridPart,
    Occupancy,
    ProfileField,
    Space,
    Unit,
    Venue,
)
from linzhi.domains.places.registers import BUILDINGS, DWELLINGS, ESTATES, FACILITIES, GRIDS, SPACES, UNITS, VENUES
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, division, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.sheets.register import Register, Row, register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, Refused

LATER = AT + timedelta(days=30)
MODELS = (Territory, Estate, Building, Unit, Dwelling, Occupancy, Grid, GridPart, Venue, Space, Facility, ProfileField, FormerFacts)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the ground."""
    return {model.__name__: sorted(model.objects.values_list(), key=str) for model in MODELS}


def facts_of(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Without the keys: a part that ended and begins again has another one."""
    return {name: sorted((row[1:] for row in found), key=str) for name, found in rows.items()}


def take(register: Register, place: Territory, rows: Sequence[Row], at: Any = LATER, key: str = "k") -> list[dict[str, Any]]:
    """Take rows in as the engine does."""
    return register.take(SETUP, place, rows, at=at, key=key)


def exported(register: Register, place: Territory, on: Any = LATER.date()) -> list[Row]:
    """The register inside a place."""
    return list(register.rows(Powers(SETUP, LATER), place, on)) if register is not DWELLINGS else list(_staff(register, place, on))


def _staff(register: Register, place: Territory, on: Any) -> list[Row]:
    return list(register.rows(Powers(holder("county_officer", place.path), LATER), place, on))


def sheet(ground: SmallCounty) -> dict[str, list[dict[str, Any]]]:
    """A row that is new and one that changes something, for every register."""
    one, two = ground.buildings
    return {
        "estates": [
            {"community": ground.community.code, "name": "新园", "kind": "old", "households": 300, "conditions": ("no_gate",)},
            {"community": ground.community.code, "name": "东苑", "households": 9, "self_government": "owners_committee"},
        ],
        "buildings": [{"estate": ground.old.code, "number": "1幢", "floors": 6}, {"estate": ground.east.code, "number": "1幢", "floors": 3}],
        "units": [{"building": one.code, "number": "1", "lifts": 1}, {"building": two.code, "number": "1", "floors": 2}],
        "dwellings": [
            {"building": one.code, "unit": "1", "room": "301", "exclusive_area": 9650, "area_source": "surveyed", "occupancy": "let"},
            {"building": one.code, "unit": "1", "room": "101", "exclusive_area": 8123, "occupancy": "vacant"},
        ],
        "grids": [{"community": ground.community.code, "code": "W2", "name": "二", "parts": ground.old.code},
            {"code": "W1", "parts": one.code}],
        "venues": [
            {"where": ground.street.code, "name": "一街中心", "level": "street", "kind": "centre", "area": 98000, "functions": "议事、便民"},
        ],
        "spaces": [{"where": ground.east.code, "name": "架空层", "area": 12000, "wanted": "棋牌室"}],
        "facilities": [{"where": one.code, "name": "1单元电梯", "kind": "elevator"}],
    }  # fmt: skip


@pytest.fixture
def county(ground: SmallCounty) -> SmallCounty:
    """The small county with a grid over one estate."""
    parts = (ground.east.code,)
    create_grid(SETUP, CreateGrid(community=ground.community.code, code="W1", name="一", parts=parts), at=AT)
    return ground


CODES = ("estates", "buildings", "units", "dwellings", "grids", "venues", "spaces", "facilities")


@pytest.mark.parametrize("code", CODES)
def test_what_the_preview_says_is_done_and_the_same_sheet_again_is_nothing(county: SmallCounty, code: str) -> None:
    register, rows = register_of(code), sheet(county)[code]
    powers = Powers(SETUP, LATER)
    first = [verdict.state for verdict in register.judge(powers, county.county, rows)]
    assert "bad" not in first and "new" in first
    trace = take(register, county.county, rows)
    assert [("new" if "new" in one else "changed" if one else "same") for one in trace] == first
    assert [verdict.state for verdict in register.judge(powers, county.county, rows)] == ["same"] * len(rows)
    kept = everything()
    assert take(register, county.county, rows, key="again") == [{}] * len(rows)
    assert everything() == kept


@pytest.mark.parametrize("code", CODES)
def test_an_import_is_taken_back_whole(county: SmallCounty, code: str) -> None:
    register, rows = register_of(code), sheet(county)[code]
    before = everything()
    trace = take(register, county.county, rows)
    assert everything() != before
    register.undo(SETUP, county.county, trace, at=LATER, key="undo")
    assert facts_of(everything()) == facts_of(before)


@pytest.mark.parametrize("code", CODES)
def test_what_goes_out_comes_in_without_a_change(county: SmallCounty, code: str) -> None:
    for one in CODES:
        take(register_of(one), county.county, sheet(county)[one], key=one)
    register = register_of(code)
    rows = exported(register, county.county)
    assert rows and set(rows[0]) == {column.code for column in register.columns}
    verdicts = register.judge(Powers(SETUP, LATER), county.county, rows)
    assert {verdict.state for verdict in verdicts} == {"same"}, next(one for one in verdicts if one.state != "same")


@pytest.mark.parametrize("code", CODES)
def test_a_sheet_is_judged_and_taken_in_a_fixed_number_of_statements(county: SmallCounty, code: str) -> None:
    register, row = register_of(code), sheet(county)[code][0]
    name = {"buildings": "number", "units": "number", "dwellings": "room", "grids": "code"}.get(code, "name")
    counts = []
    for number in (2, 40):
        rows = [
            {**row, name: f"{name[0]}{number}-{i}", "parts": None} if code == "grids" else {**row, name: f"{number}-{i}"}
            for i in range(number)
        ]
        with CaptureQueriesContext(connection) as judged:
            register.judge(Powers(SETUP, LATER), county.county, rows)
        with CaptureQueriesContext(connection) as taken:
            take(register, county.county, rows, key=f"n{number}")
        # One event is stored for each new estate; everything else doesn't grow.
        taken_count = sum("outbox" not in query["sql"] for query in taken.captured_queries)
        counts.append((len(judged), taken_count))
    assert counts[0][0] >= counts[1][0] and counts[1][1] <= counts[0][1] + 1, counts


def test_undo_is_refused_once_something_depends_on_it_or_it_was_changed(county: SmallCounty) -> None:
    rows = sheet(county)
    estates = take(ESTATES, county.county, rows["estates"][:1], key="a")
    new = Estate.objects.get(pk=estates[0]["new"])
    buildings = take(BUILDINGS, county.county, [{"estate": new.code, "number": "1幢"}], key="b")
    with pytest.raises(Refused, match=r"places\.in_use"):
        ESTATES.undo(SETUP, county.county, estates, at=LATER, key="u1")
    building = Building.objects.get(pk=buildings[0]["new"])
    homes = take(DWELLINGS, county.county, [{"building": building.code, "room": "101"}], key="c")
    with pytest.raises(Refused, match=r"places\.in_use"):
        BUILDINGS.undo(SETUP, county.county, buildings, at=LATER, key="u2")
    take(DWELLINGS, county.county, [{"building": building.code, "room": "101", "occupancy": "let"}], at=LATER + timedelta(days=1), key="d")
    take(DWELLINGS, county.county, [{"building": building.code, "room": "101", "use": "office"}], at=LATER + timedelta(days=1), key="e")
    with pytest.raises(Refused, match=r"places\.changed_since"):
        DWELLINGS.undo(SETUP, county.county, homes, at=LATER, key="u3")
    assert Dwelling.objects.filter(building=building).exists()


def test_an_area_before_its_correction_is_told_and_written_in_the_log(county: SmallCounty) -> None:
    take(DWELLINGS, county.county, sheet(county)["dwellings"])
    area = {
        row["room"]: row["exclusive_area"]
        for row in exported(DWELLINGS, county.east.territory)
        if row["building"] == county.buildings[0].code
    }
    assert (area["101"], area["301"]) == (8123, 9650)
    before = {row["room"]: row["exclusive_area"] for row in exported(DWELLINGS, county.east.territory, TODAY)}
    assert before["101"] == 8000 and "301" not in before
    entry = Entry.objects.filter(action="places.record_dwellings").latest("pk")
    assert entry.data["_"]["before"] == [{"exclusive_area": 8000, "id": county.dwellings[0].pk}]


def test_a_correction_before_the_last_one_is_refused(county: SmallCounty) -> None:
    take(DWELLINGS, county.county, sheet(county)["dwellings"])
    with pytest.raises(Refused, match=r"places\.before_last_change"):
        take(
            DWELLINGS,
            county.county,
            [{"building": county.buildings[0].code, "unit": "1", "room": "101", "exclusive_area": 1}],
            at=AT,
            key="x",
        )


def test_wrong_rows_say_which_cell_and_what_to_do(county: SmallCounty) -> None:
    powers = Powers(SETUP, LATER)
    wrong: tuple[tuple[Register, dict[str, Any], str], ...] = (
        (ESTATES, {"community": "nowhere", "name": "甲", "kind": "old"}, "community"),
        (ESTATES, {"community": county.community.code, "name": "甲"}, "kind"),
        (ESTATES, {"community": county.community.code, "name": "甲", "kind": "castle"}, "kind"),
        (ESTATES, {"community": county.community.code, "name": "甲", "kind": "old", "conditions": ("haunted",)}, "conditions"),
        (ESTATES, {"community": county.community.code, "name": "甲", "kind": "old", "begin": date(1979, 12, 31)}, "begin"),
        (BUILDINGS, {"estate": county.east.code, "number": "1幢", "begin": date(2001, 1, 1)}, "begin"),
        (BUILDINGS, {"estate": county.east.code, "number": "9幢", "begin": date(1999, 12, 31)}, "begin"),
        (DWELLINGS, {"building": county.buildings[0].code, "room": "1", "begin": date(1999, 12, 31)}, "begin"),
        (DWELLINGS, {"building": county.buildings[0].code, "unit": "1", "room": "101", "begin": TODAY}, "begin"),
        (BUILDINGS, {"estate": "nowhere", "number": "1幢"}, "estate"),
        (BUILDINGS, {"estate": county.east.code, "number": "1幢", "kind": "castle"}, "kind"),
        (UNITS, {"building": "nowhere", "number": "1"}, "building"),
        (DWELLINGS, {"building": county.buildings[0].code, "room": "1", "exclusive_area": 100}, "area_source"),
        (GRIDS, {"community": county.community.code, "code": "W9", "name": "九", "parts": county.buildings[0].code}, "parts"),
        (GRIDS, {"community": county.community.code, "code": "W9", "name": "九", "parts": county.far.code}, "parts"),
        (GRIDS, {"code": "W1", "kind": "commercial"}, "kind"),
        (GRIDS, {"community": county.community.code, "code": "M1", "name": "微", "kind": "micro", "parent": "none"}, "parent"),
        (VENUES, {"where": county.east.code, "name": "站"}, "level"),
        (SPACES, {"where": "nowhere", "name": "空"}, "where"),
        (FACILITIES, {"where": county.street.code, "name": "灯", "kind": "lamp"}, "where"),
    )
    for register, row, column in wrong:
        (verdict,) = register.judge(powers, county.county, [row])
        assert verdict.state == "bad" and column in {fault.column for fault in verdict.faults}, (register.code, row, verdict)
        with pytest.raises(Refused):
            take(register, county.county, [row], key="bad")


def test_rows_of_another_place_are_out_of_reach(county: SmallCounty) -> None:
    worker = holder("community_worker", county.community.path)
    with pytest.raises(NotAllowed):
        ESTATES.take(worker, county.county, sheet(county)["estates"], at=LATER, key="k")
    row = {"community": county.other.code, "name": "远庄", "households": 1}
    with pytest.raises(Refused, match="不在这次导入的范围里"):
        ESTATES.take(worker, county.community, [row], at=LATER, key="k")


def test_grids_of_one_sheet_may_exchange_ground_and_micro_grids_come_with_their_grid(county: SmallCounty) -> None:
    rows = [
        {"community": county.community.code, "code": "W2", "name": "二", "parts": county.buildings[0].code},
        {"code": "W1", "parts": f"{county.buildings[1].code}、{county.old.code}"},
        {
            "community": county.community.code,
            "code": "M1",
            "name": "微",
            "kind": "micro",
            "parent": "W2",
            "parts": county.buildings[0].code,
        },
    ]
    trace = take(GRIDS, county.county, rows)
    micro = Grid.objects.get(code="M1")
    assert micro.parent is not None and micro.parent.code == "W2"
    GRIDS.undo(SETUP, county.county, trace, at=LATER, key="undo")
    assert list(Grid.objects.values_list("code", flat=True)) == ["W1"]
    assert list(GridPart.objects.filter(end=None).values_list("path", flat=True)) == [county.east.path]


def test_a_renamed_estate_keeps_its_old_name_for_the_days_before(county: SmallCounty) -> None:
    from linzhi.foundation.territory.history import names_on

    take(ESTATES, county.county, [{"code": county.east.code, "name": "东苑新城"}])
    assert names_on([county.east.path], LATER.date()) == {county.east.path: "东苑新城"}
    assert names_on([county.east.path], TODAY) == {county.east.path: "东苑"}


def test_a_row_may_say_since_when_something_new_is_there(county: SmallCounty) -> None:
    begun = date(2012, 7, 1)
    take(ESTATES, county.county, [{"community": county.community.code, "name": "新园", "kind": "old", "households": 9, "begin": begun}])
    estate = Estate.objects.get(name="新园")
    take(BUILDINGS, county.county, [{"estate": estate.code, "number": "1幢", "begin": begun}], key="b")
    building = Building.objects.get(estate=estate)
    room = {"building": building.code, "room": "101", "begin": begun}
    take(DWELLINGS, county.county, [room, {**room, "room": "102", "begin": None}], key="d")
    nodes = Territory.objects.filter(code__in=(estate.code, building.code))
    assert {row.begin for row in (estate, building, *nodes, *ProfileField.objects.filter(estate=estate))} == {begun}
    assert dict(Dwelling.objects.filter(building=building).values_list("room", "begin")) == {"101": begun, "102": LATER.date()}
    assert {row["room"] for row in exported(DWELLINGS, county.county, begun) if row["building"] == building.code} == {"101"}


def test_the_position_of_an_estate_goes_in_and_out_exactly(county: SmallCounty) -> None:
    position = {"latitude": "30.512345", "longitude": "-110.2"}
    row = {"community": county.community.code, "name": "东苑", **position}
    take(ESTATES, county.county, [row])
    estate = Estate.objects.get(name="东苑")
    assert (estate.latitude, estate.longitude) == (Decimal("30.512345"), Decimal("-110.2"))
    (out,) = [one for one in exported(ESTATES, county.county) if one["name"] == "东苑"]
    assert [verdict.state for verdict in ESTATES.judge(Powers(SETUP, LATER), county.county, [out])] == ["same"]
    check = next(column.check for column in ESTATES.columns if column.code == "latitude")
    assert check is not None and check("30.512345") is None
    for wrong in ("91", "30.1234567", "30°30′", "nan", "1e2"):
        assert check(wrong) is not None


def test_none_of_the_conditions_is_a_word_of_its_own_since_an_empty_cell_says_nothing(county: SmallCounty) -> None:
    row = {"community": county.community.code, "name": "东苑", "conditions": ("none",)}
    take(ESTATES, county.county, [row])
    assert Estate.objects.get(name="东苑").conditions == []
    (out,) = [one for one in exported(ESTATES, county.county) if one["name"] == "东苑"]
    assert out["conditions"] == ("none",)
    assert take(ESTATES, county.county, [row | {"conditions": None}], key="again") == [{}]


def test_the_estates_of_a_past_day_stand_under_the_community_of_then(county: SmallCounty) -> None:
    division("980101001", "community", "980101001002", "丙社区")
    merge_divisions(SETUP, MergeDivisions(into="980101001002", merged=("980101001001",), basis="批复"), at=LATER)
    eve = LATER.date() - timedelta(days=1)
    homes = {day: {row["name"]: row["community"] for row in exported(ESTATES, county.county, day)} for day in (eve, LATER.date())}
    assert homes[eve]["东苑"] == "980101001001" and homes[LATER.date()]["东苑"] == "980101001002"
