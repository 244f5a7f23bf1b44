"""The board's numbers, the lists behind them, why something stands so; who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linzhi.domains.bodies.commands import FoundBody, found_body
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.compliance.commands import Evaluate, ExcuseFinding, evaluate, excuse_finding
from linzhi.domains.compliance.models import Finding, Standing
from linzhi.domains.compliance.pages import board_map
from linzhi.domains.compliance.pages.board import moved
from linzhi.domains.compliance.queries import board as boards
from linzhi.domains.compliance.queries.why import why
from linzhi.domains.compliance.rules import stand_of
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotFound
from tests.support.small_county import County

JOB = System("compliance.refresh")
TODAY = AT.date()


@pytest.fixture
def seen(ground: SmallCounty) -> SmallCounty:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    return ground


def powers(ground: SmallCounty, role: str = "county_officer", place: Territory | None = None) -> Powers:
    return Powers(holder(role, (place or ground.county).path), AT)


def test_every_number_of_the_board_is_the_length_of_the_list_behind_it(seen: SmallCounty) -> None:
    asked = powers(seen)
    for place in (seen.county, seen.street, seen.community):
        board = boards.board(asked, place, TODAY)
        assert board.checks
        for check in board.checks:
            counts = board.here.counts.get(check.code, {})
            for state in "nmp?-":
                if check.entry.none is None:
                    assert boards.behind(asked, place, check, state, most=999)[1] == counts.get(state, 0), (place, check.code, state)
            if check.entry.none is not None:
                assert boards.behind(asked, place, check, most=999)[1] == counts.get("n", 0)


def test_a_place_counts_what_the_places_below_it_count(seen: SmallCounty) -> None:
    asked = powers(seen)
    city = seen.county.parent
    assert city is not None
    county = boards.board(asked, seen.county, TODAY)
    above_ = boards.board(Powers(holder("county_officer", city.path), AT), city, TODAY)
    assert above_.here.counts == county.here.counts == {node.code: node.counts for node in above_.below}[seen.county.code]
    estates = [check for check in county.checks if check.entry.subject == "estate"]
    for check in estates:
        below = [county.stand(node, check) for node in county.below]
        assert sum(one.done for one in below) == county.stand(county.here, check).done


def test_places_stand_in_the_order_of_the_tree_whatever_their_numbers(seen: SmallCounty) -> None:
    board = boards.board(powers(seen), seen.county, TODAY)
    assert [node.path for node in board.below] == sorted(node.path for node in board.below)
    assert board.least >= 2


def test_a_province_is_read_with_a_fixed_number_of_statements(
    seen: SmallCounty, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    province = Territory.objects.get(code="980000")
    asked = Powers(holder("county_officer", province.path), AT)
    boards.board(asked, province, TODAY)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        boards.board(asked, province, TODAY)


def test_an_excused_gap_is_amber_and_still_counted(seen: SmallCounty) -> None:
    finding = Finding.objects.get(check_code="self-government", subject=f"estate:{seen.east.pk}")
    asked = powers(seen)
    check = next(iter(boards.checks_at(asked, seen.county, ["self-government"])))
    before = boards.board(asked, seen.county, TODAY)
    red = before.stand(before.here, check).red
    cmd = ExcuseFinding(finding_id=finding.pk, reason="列入明年改造", until=TODAY + timedelta(days=30))
    excuse_finding(holder("county_officer", seen.county.path), cmd, at=AT)
    evaluate(JOB, Evaluate(place=seen.county.code), at=AT + timedelta(minutes=1))
    after = boards.board(asked, seen.county, TODAY)
    now = after.stand(after.here, check)
    assert (now.red, now.amber, now.excused) == (red - 1, 1, 1)
    rows, total = boards.behind(asked, seen.county, check, "x")
    assert (total, rows[0].ref, rows[0].excused) == (1, seen.east.pk, "列入明年改造")
    assert why(asked, "estate", seen.east.pk, "self-government").kind == "warn"


def test_why_says_the_figure_its_formula_the_parameters_with_their_chain_and_who_acts(seen: SmallCounty) -> None:
    told = why(powers(seen), "estate", seen.east.pk, "self-government")
    assert (told.state, told.kind) == ("n", "bad")
    assert told.figures[0].said.startswith("0") and told.figures[0].formula
    assert told.requirement and told.marks and told.open is not None and told.open.due >= TODAY
    grid = Standing.objects.filter(subject="grid").first()
    if grid is not None:
        sized = why(powers(seen), "grid", grid.ref, "grid-size")
        assert [one.key for one in sized.wanted] == ["grid.households_min", "grid.households_max"]
        assert all(one.chain and one.basis for one in sized.wanted)


def test_what_is_another_places_is_not_told(seen: SmallCounty) -> None:
    elsewhere = powers(seen, "community_worker", seen.other)
    with pytest.raises(NotFound):
        why(elsewhere, "estate", seen.east.pk, "self-government")
    with pytest.raises(NotFound):
        boards.place_of(elsewhere, seen.community.code)


def test_the_closed_room_shows_on_no_board_but_the_party_lines(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    general = boards.board(powers(ground), ground.county, TODAY)
    party = boards.board(powers(ground, "county_party_officer"), ground.county, TODAY)
    assert not [check for check in general.checks if check.room]
    assert "branch-due" in [check.code for check in party.checks]
    community = Standing.objects.get(subject="estate", ref=ground.east.pk)
    assert why(powers(ground, "party_officer", ground.community), "estate", community.ref, "branch-due").state == "n"
    with pytest.raises(NotFound):
        why(powers(ground, "community_worker", ground.community), "estate", community.ref, "branch-due")


@pytest.mark.django_db
def test_the_pages_open_from_the_board_to_the_reason(client: Client, county: County) -> None:
    evaluate(JOB, Evaluate(place=county.territory.code))
    county.sign_in(client, "county_officer")
    standing = Standing.objects.get(subject="estate", ref=county.estate.pk)
    finding = Finding.objects.filter(room="", check_code="profile-complete").first()
    assert finding is not None
    for path in (
        "/desk/compliance/", f"/desk/compliance/?place={county.street.code}", f"/desk/compliance/?place={county.community.code}",
        f"/desk/compliance/list/profile-complete/?place={county.territory.code}&state=n",
        f"/desk/standing/estate/{county.estate.code}/", f"/desk/standing/{county.community.code}/",
        f"/desk/why/estate/{standing.ref}/profile-complete/", f"/desk/findings/{finding.pk}/", "/desk/findings/",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert client.get(f"/desk/standing/estate/{county.elsewhere.code if county.elsewhere else ''}/").status_code == 404


@pytest.mark.django_db
def test_the_reason_is_filed_on_the_findings_own_page_and_nothing_typed_is_lost(client: Client, county: County) -> None:
    evaluate(JOB, Evaluate(place=county.territory.code))
    finding = Finding.objects.filter(room="", path__startswith=county.street.path).first()
    assert finding is not None
    page = f"/desk/findings/{finding.pk}/"
    county.sign_in(client, "street_dispatcher")
    late = client.post(page, {"reason": "等明年改造", "until": "2099-01-01"})
    assert late.status_code == 422
    assert "等明年改造" in late.content.decode() and "最长一年" in late.content.decode()
    until = finding.due
    assert client.post(page, {"reason": "等改造完成后再补", "until": until.isoformat()}).status_code == 302
    finding.refresh_from_db()
    assert (finding.excused_until, finding.excused_reason) == (until, "等改造完成后再补")
    county.sign_in(client, "community_worker")
    assert "记下理由" not in client.get(page).content.decode()


def test_the_map_says_every_colour_in_words_and_each_place_is_a_link(seen: SmallCounty) -> None:
    board = boards.board(powers(seen), seen.county, TODAY)
    drawing = board_map.drawn(board, powers(seen), None, lambda code, level: f"/{level}/{code}")
    for place in (seen.street, seen.community, seen.other):
        assert f'href="/{place.level}/{place.code}"' in drawing
    assert f'aria-label="甲：{board_words(seen, seen.community)}"' in drawing


def board_words(ground: SmallCounty, place: Territory) -> str:
    board = boards.board(powers(ground), place, TODAY)
    worst = board.worst(board.here)
    assert worst is not None
    return worst.words


def test_where_boundaries_are_entered_the_map_is_drawn_from_them_and_the_rest_stays_a_tile(seen: SmallCounty) -> None:
    ring = [["116.1", "39.1"], ["116.2", "39.1"], ["116.2", "39.2"], ["116.1", "39.1"]]
    seen.east.boundary = {"type": "Polygon", "coordinates": [ring]}
    seen.east.save(update_fields=["boundary"])
    board = boards.board(powers(seen), seen.community, TODAY)
    drawing = str(board_map.drawn(board, powers(seen), None, lambda code, level: f"/{level}/{code}"))
    assert drawing.count("<polygon") == 1 and drawing.count("<rect") == 1
    assert f'href="/estate/{seen.east.code}"' in drawing.split("<rect")[0]
    assert not any(float(pair.split(",")[0]) < 0 for pair in drawing.split('points="')[1].split('"')[0].split())


def test_what_has_moved_is_told_against_an_earlier_day(seen: SmallCounty) -> None:
    found_body(SETUP, FoundBody(place=seen.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    evaluate(JOB, Evaluate(place=seen.county.code), at=AT + timedelta(days=8))
    asked = Powers(powers(seen).actor, AT + timedelta(days=8))
    now = boards.board(asked, seen.county, TODAY + timedelta(days=8))
    check = next(iter(boards.checks_at(asked, seen.county, ["self-government"])))
    then = stand_of(check, boards.counts_on([seen.county.path], TODAY)[seen.county.path]["self-government"])
    assert moved(now.stand(now.here, check), then) == "多了 1"
    assert moved(now.stand(now.here, check), None) == "" == moved(then, then)
