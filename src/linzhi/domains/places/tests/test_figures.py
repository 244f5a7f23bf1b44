"""Figures of the ground: profiles and their gaps, grids and their problems, venues and idle space, as of any day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.commands import (
    CreateGrid,
    EstateRow,
    RecordEstates,
    RecordSpaces,
    RecordVenues,
    RegisterEstate,
    SpaceRow,
    VenueRow,
    VerifyProfile,
    create_grid,
    record_estates,
    record_spaces,
    record_venues,
    register_estate,
    verify_profile,
)
from linzhi.domains.places.models import Dwelling, Estate, Grid, GridPart, ProfileField
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, holder
from linzhi.kernel.refused import NotAllowed, Refused

LATER = AT + timedelta(days=30)
DAY = LATER.date()
FACTS = {
    "address": "东路 1 号", "built_year": 2000, "declared_buildings": 2, "households": 8, "population": 20, "self_government": "none",
    "property_arrangement": "company",
}  # fmt: skip


def fill(ground: SmallCounty, **facts: object) -> None:
    """Say facts of the east estate, thirty days later."""
    row = EstateRow.model_validate({"code": ground.east.code, **facts})
    record_estates(holder("community_worker", ground.community.path), RecordEstates(place=ground.east.code, rows=(row,)), at=LATER)


def test_a_profile_says_what_is_missing_and_who_owes_it(ground: SmallCounty) -> None:
    profile = queries.profile_of(ground.east, DAY)
    assert (profile.filled, profile.needed) == (0, 7)
    assert {item.field: item.owes for item in profile.missing}["households"] == "grid_worker"
    fill(ground, **(FACTS | {"population": None}))
    assert [item.field for item in queries.profile_of(ground.east, DAY).missing] == ["population"]
    assert metrics.completeness(ground.county.path, DAY)[ground.east.path].filled == 6
    assert metrics.completeness_share(ground.county.path, DAY) == (6, 21)
    assert metrics.completeness_share(ground.county.path, DAY - timedelta(days=1)) == (0, 21)


def test_none_counts_as_filled_only_when_somebody_said_so(ground: SmallCounty) -> None:
    assert ground.east.self_government == "none" and not ProfileField.objects.filter(estate=ground.east).exists()
    fill(ground, self_government="none")
    assert list(ProfileField.objects.values_list("field", flat=True)) == ["self_government"]


def test_a_profile_is_verified_when_it_is_complete_and_due_again_after_the_packs_days(ground: SmallCounty) -> None:
    grid_worker = holder("grid_worker", ground.community.path)
    with pytest.raises(Refused, match=r"places\.profile_incomplete"):
        verify_profile(grid_worker, VerifyProfile(estate=ground.east.code), at=LATER)
    fill(ground, **FACTS)
    with pytest.raises(NotAllowed):
        verify_profile(holder("grid_worker", ground.other.path), VerifyProfile(estate=ground.east.code), at=LATER)
    verify_profile(grid_worker, VerifyProfile(estate=ground.east.code), at=LATER)
    profile = queries.profile_of(ground.east, DAY)
    assert profile.verified_by == grid_worker.key and profile.check_again == DAY + timedelta(days=180)
    due = [metrics.completeness(ground.county.path, DAY + timedelta(days=days))[ground.east.path].due for days in (0, 179, 180)]
    assert due == [False, False, True]
    assert queries.profile_of(ground.east, DAY - timedelta(days=1)).verified_at is None


def test_facts_are_told_as_they_were(ground: SmallCounty) -> None:
    fill(ground, kind="old", households=9)
    estates = {on: queries.as_of("estate", [Estate.objects.get(pk=ground.east.pk)], on)[0] for on in (TODAY, DAY)}
    assert [(row.kind, row.households) for row in estates.values()] == [("commodity", None), ("old", 9)]
    assert metrics.estates_by_kind(ground.county.path, TODAY) == {"commodity": 1, "old": 1, "resettlement": 1}
    assert metrics.estates_by_kind(ground.county.path, DAY) == {"old": 2, "resettlement": 1}


def test_a_kind_is_taken_from_the_list_of_the_place_and_an_old_one_stays(ground: SmallCounty) -> None:
    with pytest.raises(Refused, match="castle"):
        register_estate(SETUP, RegisterEstate(community=ground.community.code, name="新", kind="castle"), at=AT)
    Estate.objects.filter(pk=ground.old.pk).update(kind="compound")
    row = EstateRow(code=ground.old.code, kind="compound", address="改了地址")
    record_estates(SETUP, RecordEstates(place=ground.county.code, rows=(row,)), at=LATER)
    assert Estate.objects.get(pk=ground.old.pk).address == "改了地址"
    assert queries.kind_title("compound") == "单位家属院" and queries.kind_title("commodity") == "商品房小区"
    with pytest.raises(Refused, match="compound"):
        record_estates(SETUP, RecordEstates(place=ground.county.code, rows=(EstateRow(code=ground.east.code, kind="compound"),)), at=LATER)


def test_counts_of_an_estate_equal_its_rows_by_kind(ground: SmallCounty) -> None:
    one, two, three = ground.dwellings[:3]
    Dwelling.objects.filter(pk=one.pk).update(use="office")
    Dwelling.objects.filter(pk=two.pk).update(kind="shop", use="shop")
    Dwelling.objects.filter(pk=three.pk).update(kind="parking", use="parking")
    counted = metrics.counted(ground.county.path, TODAY)[ground.east.path]
    assert counted == metrics.Counted(buildings=2, units=0, households=5, homes=6, shops=1, parking=1, area=64_000)


def grid(ground: SmallCounty, code: str, *parts: str, kind: str = "residential", parent: str = "") -> Grid:
    """A grid of the first community."""
    cmd = CreateGrid(community=ground.community.code, code=code, name=code, kind=kind, parts=parts, parent=parent)
    return create_grid(SETUP, cmd, at=AT)


def test_gaps_and_overlaps_are_found_down_to_the_building_with_an_owner(ground: SmallCounty) -> None:
    one = grid(ground, "W1", ground.buildings[0].code)
    problems = grid_problems(ground.community.path, TODAY)
    assert [(problem.kind, problem.place) for problem in problems] == [("gap", "东苑 2幢"), ("gap", "旧里")]
    assert {problem.owner for problem in problems} == {"community_worker"} and problems[0].words == "东苑 2幢还没有划进任何网格。"
    grid(ground, "W2", ground.buildings[1].code, ground.old.code)
    assert grid_problems(ground.community.path, TODAY) == []
    # Commands refuse it; rows from elsewhere may say it.
    GridPart.objects.create(grid=one, path=ground.east.path, begin=TODAY)
    (overlap,) = grid_problems(ground.community.path, TODAY)
    assert (overlap.kind, overlap.place, set(overlap.grids)) == ("overlap", "东苑 2幢", {"W1", "W2"})
    assert [problem.kind for problem in grid_problems(ground.community.path, TODAY - timedelta(days=1))].count("overlap") == 0


def test_other_problems_of_grids_are_named(ground: SmallCounty) -> None:
    grid(ground, "W1", ground.east.code, ground.old.code)
    micro = grid(ground, "M1", ground.buildings[0].code, kind="micro", parent="W1")
    assert grid_problems(ground.community.path, TODAY) == []
    GridPart.objects.create(grid=micro, path=ground.far.path, begin=TODAY)
    GridPart.objects.filter(grid__code="W1", path=ground.east.path).update(end=TODAY + timedelta(days=1))
    grid(ground, "M2", kind="micro")
    kinds = [problem.kind for problem in grid_problems(ground.community.path, TODAY + timedelta(days=1))]
    assert sorted(kinds) == ["empty", "gap", "gap", "orphan", "outside", "outside_grid"]


def test_one_ground_has_one_grid_of_whatever_kind(ground: SmallCounty) -> None:
    grid(ground, "W1", ground.east.code)
    for kind in ("commercial", "special", "residential"):
        with pytest.raises(Refused, match="grid_overlap"):
            grid(ground, f"W-{kind}", ground.buildings[0].code, kind=kind)
    with pytest.raises(Refused, match="outside_grid"):
        grid(ground, "M9", ground.old.code, kind="micro", parent="W1")
    with pytest.raises(Refused, match="grid_parent"):
        grid(ground, "W9", kind="residential", parent="W1")


def test_households_of_grids_are_counted_on_their_ground_of_the_day(ground: SmallCounty) -> None:
    one, two = grid(ground, "W1", ground.buildings[0].code), grid(ground, "W2", ground.buildings[1].code, ground.old.code)
    micro = grid(ground, "M1", ground.buildings[0].code, kind="micro", parent="W1")
    assert metrics.households_by_grid(ground.county.path, TODAY) == {one.pk: 4, two.pk: 4, micro.pk: 4}
    assert metrics.households_by_grid(ground.county.path, TODAY - timedelta(days=1)) == {}
    Dwelling.objects.filter(pk=ground.dwellings[0].pk).update(use="office")
    assert metrics.households_by_grid(ground.county.path, TODAY)[one.pk] == 3


def test_venues_and_spaces_are_counted_as_they_were(ground: SmallCounty) -> None:
    venue = VenueRow(where=ground.community.code, name="中心", level="community", kind="centre", area=50_000)
    record_venues(SETUP, RecordVenues(place=ground.county.code, rows=(venue,)), at=AT)
    space = SpaceRow(where=ground.east.code, name="架空层", area=12_000)
    record_spaces(SETUP, RecordSpaces(place=ground.county.code, rows=(space,)), at=AT)
    bigger = VenueRow(where=ground.community.code, name="中心", area=60_000)
    record_venues(SETUP, RecordVenues(place=ground.county.code, rows=(bigger,)), at=LATER)
    used = SpaceRow(where=ground.east.code, name="架空层", state="in_use")
    record_spaces(SETUP, RecordSpaces(place=ground.county.code, rows=(used,)), at=LATER)
    assert metrics.venue_area(ground.county.path, TODAY) == {"community": (1, 50_000)}
    assert metrics.venue_area(ground.county.path, DAY) == {"community": (1, 60_000)}
    assert [metrics.idle_area(ground.county.path, on) for on in (TODAY, DAY)] == [{"idle": 12_000}, {"in_use": 12_000}]
