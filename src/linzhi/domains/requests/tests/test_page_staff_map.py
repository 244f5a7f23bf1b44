"""The map shows what the list finds, by place, and leads back to the list with the same filter."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.map_layout import cells, columns_for, middle
from linzhi.domains.requests.queries import TABS, Filter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import ESTATE_LENGTH
from linzhi.kernel.clock import now

if TYPE_CHECKING:
    from tests.support.small_county import County

MAP = "/desk/requests/map"


def point(latitude: str, longitude: str) -> tuple[Decimal, Decimal]:
    """A position."""
    return Decimal(latitude), Decimal(longitude)


def test_north_is_up_and_west_is_left() -> None:
    south_east, north_west, north_east, south_west = (
        point("30.1", "104.9"), point("30.9", "104.1"), point("30.8", "104.8"), point("30.2", "104.2"),
    )  # fmt: skip
    assert cells([south_east, north_west, north_east, south_west]) == [(2, 2), (1, 1), (2, 1), (1, 2)]


def test_without_every_position_places_stand_in_their_order() -> None:
    assert cells([point("30.1", "104.9"), None, point("30.9", "104.1"), None]) == [(1, 1), (2, 1), (1, 2), (2, 2)]
    assert middle([point("30", "104"), None]) is None
    assert middle([point("30", "104"), point("31", "105")]) == (Decimal("30.5"), Decimal("104.5"))


def test_no_two_places_share_a_cell_even_at_one_position() -> None:
    for count in range(1, 30):
        found = cells([point("30", "104")] * count)
        assert len(set(found)) == count
        assert max(column for column, _row in found) <= columns_for(count)


@pytest.mark.django_db
@pytest.mark.parametrize("tab", TABS)
def test_the_map_counts_the_very_list(county: County, tab: str) -> None:
    county.report(at=now() - timedelta(days=40))
    county.report(text="门坏了", place_code=county.other_estate.code)
    county.report("owner", "物业乱收费", nature="tip_off", accused_body_id=county.bodies["property_company"].pk)
    for role in ("county_officer", "grid_worker", "property_handler"):
        powers = Powers(county.actor(role), now())
        wanted = Filter(at=powers.at, tab=tab)
        rows = list(queries.listed(powers, wanted))
        found = queries.by_place(powers, wanted)
        assert sum(one.found for one in found.values()) == len(rows)
        assert {path: one.found for path, one in found.items()} == {
            path: sum(row.path[:ESTATE_LENGTH] == path for row in rows) for path in found
        }


@pytest.mark.django_db
def test_late_ones_are_said_in_words(client: Client, county: County) -> None:
    county.report(at=now() - timedelta(days=40))
    county.sign_in(client, "street_dispatcher")
    shown = client.get(MAP).content.decode()
    assert "超时 1 件" in shown


@pytest.mark.django_db
def test_a_tile_leads_to_the_list_with_the_filter_and_the_place(client: Client, county: County) -> None:
    made = county.report(text="灯不亮了很久", category="facility.lighting")
    other = county.report(text="门口垃圾没人收", place_code=county.other_estate.code)
    county.sign_in(client, "street_dispatcher")
    shown = client.get(f"{MAP}?tab=all&category=facility&begin=2020-01-01").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/desk/requests/\?[^"]+)"', shown)}
    here = next(link for link in links if f"place={county.estate.code}" in link)
    assert "tab=all" in here and "category=facility" in here and "begin=2020-01-01" in here
    assert not any(f"place={county.other_estate.code}" in link for link in links)
    listed = client.get(here).content.decode()
    assert made.title in listed and other.title not in listed
    assert f"{MAP}?tab=all" in listed.replace("&amp;", "&")


@pytest.mark.django_db
def test_only_places_of_ones_own_posts_are_drawn(client: Client, county: County) -> None:
    county.report()
    county.report(text="门坏了", place_code=county.other_estate.code)
    county.sign_in(client, "property_handler")
    shown = client.get(f"{MAP}?tab=all").content.decode()
    assert county.elsewhere is not None and county.elsewhere.name not in shown.split("</form>")[-1]
    assert client.get(f"{MAP}?place=nowhere").status_code == 404


@pytest.mark.django_db
def test_residents_are_refused_and_strangers_asked_to_sign_in(client: Client, county: County) -> None:
    assert client.get(MAP).status_code == 302
    county.sign_in(client, "resident")
    assert client.get(MAP).status_code == 403
