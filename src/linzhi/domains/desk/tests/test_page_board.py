"""The board: every figure opens the records that it is made of, and says how it is computed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.requests import metrics
from linzhi.domains.requests.commands import GiveFeedback, Rate, ReturnDispatch, give_feedback, rate, return_dispatch
from linzhi.domains.requests.tests.acts import act, in_hand, to_be_looked_at
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.clock import now

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


@pytest.fixture
def lively(county: County) -> County:
    """Something for every figure to count."""
    solved = county.report()
    to_be_looked_at(county, solved)
    act(county, "resident", "confirm_solved", solved)
    rate(county.actor("resident"), Rate(request_id=solved.pk, stars=2))
    silent = county.report(text="门坏了")
    to_be_looked_at(county, silent)
    act(county, "resident", "confirm_solved", silent)
    returned = county.report(text="树倒了")
    act(county, "community_worker", "accept", returned)
    act(county, "community_worker", "dispatch", returned, body_id=county.bodies["property_company"].pk)
    return_dispatch(county.actor("property_handler"), ReturnDispatch(request_id=returned.pk, note="不归我们管"))
    again = county.report(text="水管漏水")
    in_hand(county, again)
    give_feedback(county.actor("property_handler"), GiveFeedback(request_id=again.pk, say="修好了。"))
    act(county, "resident", "withdraw", county.report(text="看错了"), say="看错了")
    county.report(text="早就报了没人理", at=now() - timedelta(days=20))
    return county


@pytest.mark.parametrize("key", [*metrics.DEFINITIONS, *metrics.REPLIED])
def test_the_records_behind_a_figure_are_as_many_as_it_says(lively: County, key: str) -> None:
    powers = Powers(lively.actor("county_officer"), now())
    place = (lively.territory.path, powers.at - timedelta(days=30), powers.at, powers.at)
    figure = metrics.figure(powers, key, *place)
    found = {which: set(metrics.behind(powers, key, which, *place)) for which in ("part", "missed", "whole", "out")}
    assert len(found["whole"]) <= figure.whole and bool(found["whole"]) == bool(figure.whole)
    assert len(found["part"]) <= figure.part and bool(found["part"]) == bool(figure.part)
    assert bool(found["missed"]) == (figure.whole > figure.part)
    assert len(found["out"]) == figure.left_out
    assert found["part"] | found["missed"] == found["whole"]


def test_figures_have_something_to_count_here(lively: County) -> None:
    powers = Powers(lively.actor("county_officer"), now())
    found = {one.key: one for one in metrics.figures(powers, lively.territory.path, powers.at - timedelta(days=30), powers.at, powers.at)}
    assert (found["solved"].part, found["solved"].whole, found["solved"].left_out) == (2, 2, 1)
    assert (found["satisfied"].part, found["satisfied"].whole, found["satisfied"].left_out) == (0, 1, 1)
    assert found["returned"].part == 1
    assert found["responded_in_time"].whole > found["responded_in_time"].part


def test_every_figure_of_the_board_is_a_link_that_opens(client: Client, lively: County) -> None:
    lively.sign_in(client, "county_officer")
    shown = client.get("/desk/board/").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/desk/board/[a-z_0-9]+/\?[^"]+)"', shown)}
    assert {link.split("/")[3] for link in links} >= {"solved", "satisfied", "returned", "responded_in_time"}
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert "算法" in answer.content.decode()


def test_the_counts_of_the_board_are_those_of_the_lists_they_open(client: Client, lively: County) -> None:
    lively.sign_in(client, "county_officer")
    shown = client.get("/desk/board/").content.decode()
    tally = re.findall(r'<a href="(/desk/requests/\?tab=[^"]+)"><b>(\d+)</b>', shown)
    assert len(tally) == 4
    for link, count in tally:
        assert client.get(link.replace("&amp;", "&")).content.decode().count('class="what"') == int(count)


def test_the_filter_of_the_list_goes_with_the_board_and_back(client: Client, lively: County) -> None:
    lively.sign_in(client, "county_officer")
    shown = client.get(f"/desk/board/?place={lively.estate.code}&category=facility&tab=all").content.decode().replace("&amp;", "&")
    for address in ("/desk/requests/map?", "/desk/requests/?"):
        link = next(one for one in re.findall(r'href="([^"]+)"', shown) if one.startswith(address) and "category" in one)
        assert "category=facility" in link and "tab=all" in link and f"place={lively.estate.code}" in link


def test_unknown_figures_and_other_places_are_refused(client: Client, lively: County) -> None:
    lively.sign_in(client, "county_officer")
    assert client.get("/desk/board/nonsense/").status_code == 404
    assert client.get("/desk/board/solved/?which=nonsense").status_code == 404
    assert lively.elsewhere is not None
    assert client.get(f"/desk/board/solved/?place={lively.elsewhere.code}").status_code == 404
    lively.sign_in(client, "resident")
    assert client.get("/desk/board/solved/").status_code == 403
