"""Figures of the ground by name: counts, differences, what a venue lacks."""

from __future__ import annotations

from datetime import date, timedelta

from linzhi.domains.places.commands import GridRow, RecordGrids, RecordVenues, VenueRow, record_grids, record_venues
from linzhi.domains.places.metrics import completeness
from linzhi.domains.places.models import Estate, Grid, ProfileField, Verification
from linzhi.domains.places.tests.figures import told
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty
from linzhi.foundation.territory.models import Territory

LATER = AT + timedelta(days=1)


def test_an_estate_in_which_nobody_counted_is_not_said_to_differ(ground: SmallCounty) -> None:
    Estate.objects.filter(pk=ground.east.pk).update(households=10)
    Estate.objects.filter(pk=ground.old.pk).update(households=10)
    found = told("estate.homes_differ", ground.county.path, LATER)
    assert found == {ground.east.path: 2, ground.old.path: None, ground.far.path: None}


def test_an_estate_is_three_without_only_when_all_three_are_entered(ground: SmallCounty) -> None:
    Estate.objects.filter(pk=ground.east.pk).update(conditions=["no_property", "no_committee", "no_gate", "renewal"])
    Estate.objects.filter(pk=ground.old.pk).update(conditions=["no_property"])
    found = told("estate.three_without", ground.county.path, LATER)
    assert found == {ground.east.path: 1, ground.old.path: 0, ground.far.path: None}


def test_the_quick_way_to_count_missing_facts_and_old_checks_agrees_with_the_profile(ground: SmallCounty) -> None:
    ProfileField.objects.create(estate=ground.east, path=ground.east.path, field="address", filled_by="system:test", begin=date(2026, 1, 1))
    Verification.objects.create(estate=ground.east, path=ground.east.path, by="system:test", at=AT)
    for on in (AT, AT + timedelta(days=179), AT + timedelta(days=180), AT + timedelta(days=181), AT - timedelta(days=1)):
        exact = completeness(ground.county.path, on.date())
        assert told("estate.facts_missing", ground.county.path, on) == {path: one.needed - one.filled for path, one in exact.items()}
        assert told("estate.verify_due", ground.county.path, on) == {path: int(one.due) for path, one in exact.items()}


def test_a_county_counts_micro_grids_apart_and_its_population_only_when_every_estate_told_it(ground: SmallCounty) -> None:
    row = GridRow(community=ground.community.code, code="G1", name="一网格", kind="residential", parts=(ground.east.code,))
    small = GridRow(community=ground.community.code, code="G1-1", name="微网格", kind="micro", parent="G1", parts=(ground.buildings[0].code,))
    record_grids(SETUP, RecordGrids(place=ground.county.code, rows=(row,)), at=AT)
    record_grids(SETUP, RecordGrids(place=ground.county.code, rows=(small,)), at=AT)
    path = ground.county.path
    assert (told("county.grids", path, LATER), told("county.micro_grids", path, LATER)) == ({path: 1}, {path: 1})
    assert told("grid.micro_grids", path, LATER) == {Grid.objects.get(code="G1").pk: 1}
    Estate.objects.exclude(pk=ground.far.pk).update(population=300)
    assert told("county.population", path, LATER) == {path: None}
    Estate.objects.filter(pk=ground.far.pk).update(population=400)
    assert told("county.population", path, LATER) == {path: 1000}


def test_what_a_station_lacks_is_held_against_the_list_of_its_own_jurisdiction(ground: SmallCounty) -> None:
    rows = tuple(
        VenueRow(where=estate.code, name="驿站", level="estate", kind="station", functions=("便民服务", "民意征集", "协商议事"))
        for estate in (ground.east, ground.far)
    )
    record_venues(SETUP, RecordVenues(place=ground.county.code, rows=rows), at=AT)
    missing = "estate.station_functions_missing"
    assert told(missing, ground.county.path, LATER) == {ground.east.path: 0, ground.far.path: 0}
    Territory.objects.filter(path=ground.other.path).update(pack="cn-jiangsu")  # asks for 党员教育 too
    assert told(missing, ground.county.path, LATER) == {ground.east.path: 0, ground.far.path: 1}
    assert told("estate.station_items_missing", ground.county.path, LATER) == {ground.east.path: None, ground.far.path: None}
