"""A count is the length of the list it opens, for everybody: it is counted on the matters, the list is read from the requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linzhi.domains.requests import queries
from linzhi.domains.requests.commands import Locate, Record, TakeSheet, locate, record, take_sheet
from linzhi.domains.requests.queries import TABS, Filter
from linzhi.domains.requests.tests.acts import in_hand
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.clock import now
from tests.support.small_county import POSTS, RESIDENTS, County, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    """The county with requests of every standing that decides who sees them."""
    county = build()
    company = county.bodies["property_company"].pk
    county.report("resident", "楼道灯不亮了")
    county.report("owner", "物业乱收费", nature="tip_off", accused_body_id=company)
    county.report("owner", "物业服务态度差", nature="complaint", accused_body_id=company)
    late = county.report("neighbour", "水管漏水好几天", at=now() - timedelta(days=30))
    dispatched = county.report("resident", "门禁坏了，进不去")
    in_hand(county, dispatched)
    record(county.actor("grid_worker"), Record(place_code=county.building.code, text="老人说电梯总停", channel="grid"))
    for number in ("1", "2"):
        sheet = TakeSheet(place_code="99020301", source="hotline", source_id=number, title="噪音", text="夜里施工声音大")
        taken = take_sheet(county.actor("county_officer"), sheet)
    locate(county.actor("county_officer"), Locate(request_id=taken.pk, place_code=county.building.code))
    assert late.matter.next_due is not None and late.matter.next_due < now()
    return county


@pytest.mark.parametrize("role", [*POSTS, *RESIDENTS, "anonymous"])
def test_every_count_is_the_length_of_its_list(county: County, role: str) -> None:
    at = now()
    powers = Powers(county.actor(role), at)
    listed = {tab: [row.pk for row in queries.listed(powers, Filter(at=at, tab=tab))] for tab in TABS}
    assert queries.tab_counts(powers, at, TABS) == {tab: len(rows) for tab, rows in listed.items()}
    assert {tab: [line.pk for line in queries.lines(powers, Filter(at=at, tab=tab), 0, 50)] for tab in TABS} == listed


def test_a_line_says_what_its_request_says(county: County) -> None:
    at = now()
    powers = Powers(county.actor("community_worker"), at)
    for line, row in zip(
        queries.lines(powers, Filter(at=at), 1, 3), queries.listed(powers, Filter(at=at))[1:4], strict=True
    ):  # fmt: skip
        assert line._replace(matter=row.matter) == tuple(getattr(row, name) for name in line._fields)  # type: ignore[arg-type]
        assert line.matter == tuple(getattr(row.matter, name) for name in line.matter._fields)


def test_the_list_moves_on_with_the_time_though_its_statement_is_kept(county: County) -> None:
    powers = Powers(county.actor("community_worker"), now())
    before, after = now(), now() + timedelta(days=60)
    overdue = [len(queries.lines(powers, Filter(at=at, tab="overdue"), 0, 50)) for at in (before, after)]
    assert overdue[0] < overdue[1]
    assert [queries.tab_counts(powers, at, ("overdue", "open"))["overdue"] for at in (before, after)] == overdue
