"""Every figure reads on both databases, today and on a past day; some are counted again in plain Python."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from linzhi.domains.bodies.commands import BeginTerm, begin_term
from linzhi.domains.bodies.models import Body, Holding
from linzhi.domains.compliance.commands import Evaluate, evaluate
from linzhi.domains.compliance.models import Standing
from linzhi.domains.compliance.queries.figures import figures
from linzhi.domains.places.commands import RecordVenues, VenueRow, record_venues
from linzhi.domains.places.models import Dwelling, Venue
from linzhi.domains.requests.models import Request
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import System
from linzhi.policy.metrics import Scope, Value, listings, metrics, offenders, subjects

if TYPE_CHECKING:
    from tests.support.small_county import County

JOB = System("compliance.refresh")
SETUP = System("setup")
BEGIN = datetime.fromisoformat("2025-01-06T09:00:00+08:00")
LATER = BEGIN + timedelta(days=60)
KINDS: dict[str, tuple[type, ...]] = {"count": (int,), "flag": (int,), "date": (date,), "word": (str,)}


def read(name: str, path: str, at: datetime) -> dict[str, Value]:
    """One figure of every subject inside a place, by the subject's name."""
    metric = metrics()[name]
    return {row.name: row.values[0] for row in figures(subjects()[metric.subject], [metric], Scope(path, at.date(), at))}


def furnish(county: County) -> None:
    """Venues, a committee's term, a request that is late: what the small county lacks."""
    rows = (
        VenueRow(where=county.estate.code, name="桂园驿站", level="estate", kind="station", area=8050, functions=("便民服务",)),
        VenueRow(where=county.estate.code, name="桂园中心", level="estate", kind="centre", area=30000, functions=("协商议事", "便民服务")),
        VenueRow(where=county.community.code, name="槐安里中心", level="community", kind="centre", functions=("政务服务",)),
    )
    record_venues(SETUP, RecordVenues(place=county.territory.code, rows=rows), at=BEGIN)
    wider = VenueRow(where=county.estate.code, name="桂园驿站", area=12000)
    record_venues(SETUP, RecordVenues(place=county.territory.code, rows=(wider,), begin=LATER.date()), at=LATER)
    committee = county.bodies["owners_committee"]
    term = BeginTerm(body_id=committee.pk, basis="选举", begin=date(2024, 12, 1), end=date(2029, 12, 2), seats=6)
    begin_term(SETUP, term, at=BEGIN)
    county.report(at=LATER - timedelta(days=40))


@pytest.mark.parametrize("at", [LATER + timedelta(days=1), BEGIN + timedelta(days=3), BEGIN - timedelta(days=9000)])
def test_every_figure_reads_whole_numbers_days_and_words_on_any_day(county: County, at: datetime) -> None:
    furnish(county)
    for name, metric in metrics().items():
        for value in read(name, county.territory.path, at).values():
            assert value is None or isinstance(value, KINDS[metric.kind]), name
            assert metric.kind != "flag" or value in (None, 0, 1), name


def test_every_list_reads_and_stays_inside_the_place(county: County) -> None:
    furnish(county)
    for name, row in offenders(listings(), Scope(county.territory.path, LATER.date(), LATER)):
        assert row.words and row.path.startswith(county.territory.path), name


def test_every_check_of_every_pack_is_evaluated(county: County) -> None:
    furnish(county)
    for pack in ("cn", "cn-jiangsu", "cn-guangxi-liuzhou-liudong", "cn-jiangsu-huaian-qingjiangpu", "cn-sichuan-guangan-huaying",
                 "cn-shandong-weifang-anqiu"):  # fmt: skip
        type(county.territory).objects.filter(pk=county.territory.pk).update(pack=pack)
        evaluate(JOB, Evaluate(place=county.territory.code), at=LATER)
        rows = Standing.objects.select_related("layout").filter(layout__pack=pack)
        assert set(rows.values_list("subject", flat=True)) >= {"estate", "grid", "community", "street", "county"}


def test_figures_agree_with_a_plain_count(county: County) -> None:
    furnish(county)
    at = LATER + timedelta(days=1)
    path = county.territory.path
    homes = [row for row in Dwelling.objects.filter(within("path", county.estate.path)) if row.kind == "home" and row.use == "residential"]
    assert read("estate.homes", path, at)[county.estate.name] == len(homes) > 0
    committees = Body.objects.filter(kind__in=("owners_committee", "management_committee"), path=county.estate.path)
    assert read("estate.committees", path, at)[county.estate.name] == committees.count() == 1
    workers = Holding.objects.filter(post__kind="grid_worker", post__grid_id=county.grid.pk)
    assert read("grid.workers", path, at)[county.grid.name] == workers.count() == 1
    assert read("county.volunteer_teams", path, at) == {county.territory.name: 0}
    late = Request.objects.filter(matter__closed_at=None, matter__next_due__lt=at)
    assert read("estate.requests_overdue", path, at)[county.estate.name] == late.count() == 1
    assert read("estate.received_30", path, at)[county.estate.name] == 0
    assert read("estate.received_90", path, at)[county.estate.name] == read("community.received_90", path, at)[county.community.name] == 1


def test_an_area_counts_as_it_was_on_the_day_and_one_that_nobody_entered_cannot_be_told(county: County) -> None:
    furnish(county)
    path = county.territory.path
    assert Venue.objects.filter(name="桂园驿站").count() == 1
    assert read("estate.venue_area", path, BEGIN + timedelta(days=3))[county.estate.name] == 380
    assert read("estate.venue_area", path, LATER)[county.estate.name] == 420
    assert read("estate.centre_area", path, LATER)[county.estate.name] == 300
    assert read("community.centre_area", path, LATER)[county.community.name] is None
    assert read("street.centre_area", path, LATER)[county.street.name] == 0


def test_seats_and_terms_of_a_committee_are_counted_by_the_law(county: County) -> None:
    furnish(county)
    told: dict[str, Any] = {name: read(f"estate.committee_{name}", county.territory.path, LATER)[county.estate.name] for name in
                            ("seats", "seats_odd", "term_years", "in_term", "unfiled_days")}  # fmt: skip
    assert told == {"seats": 6, "seats_odd": 0, "term_years": 6, "in_term": 1, "unfiled_days": (LATER.date() - date(2024, 12, 1)).days}


def test_a_figure_of_an_estate_is_the_same_whether_the_county_or_the_estate_alone_is_asked(county: County) -> None:
    furnish(county)
    for name, metric in metrics().items():
        if metric.subject == "estate":
            wide = read(name, county.territory.path, LATER)
            assert read(name, county.estate.path, LATER) == {county.estate.name: wide[county.estate.name]}, name
