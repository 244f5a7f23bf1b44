"""A street is merged: what people reported there is still found by those who now answer for it, and power is decided, not moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.places import commands as places
from linzhi.domains.requests import metrics
from linzhi.domains.requests import queries as requests
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.foundation.territory.carriers import carriers, staying
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.actor import System
from tests.support.small_county import BEGIN

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
SETUP = System("setup")
REPORTED, MERGED = BEGIN + timedelta(days=20), BEGIN + timedelta(days=30)


@pytest.fixture
def merged(county: County) -> tuple[County, Territory, int]:
    """The county after its street went into a new one; a request was reported before."""
    request = county.report("resident", at=REPORTED)
    new = places.add_division(SETUP, places.AddDivision(parent="99020301", level="street", code="99020301009", name="新街道"), at=REPORTED)
    cmd = places.MergeDivisions(into=new.code, merged=("99020301001",), basis="区政府〔2025〕3号")
    places.merge_divisions(SETUP, cmd, at=MERGED)
    return county, Territory.objects.get(pk=new.pk), request.pk


def test_a_request_of_before_is_reached_by_code_by_number_and_in_lists(merged: tuple[County, Territory, int], client: Client) -> None:
    county, new, pk = merged
    officer = Powers(county.actor("county_officer"), MERGED)
    request = requests.get(officer, pk)
    assert covers(new.path, request.path)
    listed = requests.lines(officer, requests.Filter(at=MERGED, tab="open", path=new.path), 0, 10)
    assert [row.pk for row in listed] == [pk]
    assert client.get(f"/e/{county.estate.code}/").status_code == 200
    assert county.sign_in(client, "resident").get(f"/requests/{pk}/").status_code == 200
    assert county.sign_in(client, "county_officer").get(f"/desk/requests/{pk}/").status_code == 200


def test_every_table_followed_and_what_stays_stays_for_a_reason(merged: tuple[County, Territory, int]) -> None:
    _county, _new, _pk = merged
    gone = Territory.objects.get(code="99020301001")
    left = {
        model._meta.label_lower
        for model, column in carriers()
        if model._default_manager.filter(**{f"{column}__startswith": gone.path}).exclude(**{column: gone.path}).exists()
    }
    assert left == set()
    assert set(staying()) == {("access.grant", "path"), ("bodies.postarea", "path")} and all(staying().values())
    assert Entry.objects.filter(place__startswith=gone.path).exists(), "the log says where it happened then"


def test_power_follows_only_where_it_is_decided(merged: tuple[County, Territory, int]) -> None:
    county, new, pk = merged
    request = requests.sent(pk)
    assert Powers(county.actor("county_officer"), MERGED).decide("requests.view", request)
    for role in ("community_worker", "street_dispatcher"):
        assert not Powers(county.actor(role), MERGED).decide("requests.view", request), role
    account = county.accounts["street_dispatcher"].pk
    Grant.objects.create(account_id=account, role="street_dispatcher", path=new.path, begin=MERGED)
    assert Powers(county.actor("street_dispatcher"), MERGED).decide("requests.view", request)


def test_what_was_written_at_the_old_path_meanwhile_is_brought_after(merged: tuple[County, Territory, int]) -> None:
    county, new, pk = merged
    moved = Territory.objects.get(code="99020301001001")
    request = requests.sent(pk)
    old = next(iter(moved.former.values_list("path", flat=True)))
    type(request).objects.filter(pk=pk).update(path=old + request.path[len(moved.path) :])
    deliver_all(MERGED + timedelta(minutes=1))
    assert covers(new.path, requests.sent(pk).path)
    assert county.estate.code


def test_a_past_stretch_is_listed_and_counted_over_the_street_as_it_was(merged: tuple[County, Territory, int]) -> None:
    county, new, pk = merged
    old, later = Territory.objects.get(code="99020301001"), MERGED + timedelta(days=40)
    officer = Powers(county.actor("county_officer"), later)
    before, after = REPORTED - timedelta(days=1), REPORTED + timedelta(days=2)

    def listed(path: str, end: datetime | None) -> list[int]:
        return [row.pk for row in requests.lines(officer, requests.Filter(at=later, tab="all", path=path, begin=before, end=end), 0, 10)]

    assert (listed(old.path, after), listed(new.path, after)) == ([pk], []), "as it was in those days"
    assert (listed(old.path, None), listed(new.path, None)) == ([], [pk]), "up to today: as it is"
    whole = {path: metrics.figure(officer, "redone", path, before, after, later).whole for path in (old.path, new.path)}
    assert whole == {old.path: 1, new.path: 0}
    assert metrics.replies(officer, new.path, before, after).count == 0
