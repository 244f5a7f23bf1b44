"""Streets merge, communities split, estates move: the figures of before stay as they were, and what was in a place goes with it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.commands import (
    AddDivision,
    CreateGrid,
    MergeDivisions,
    MoveDivision,
    Part,
    SplitDivision,
    add_division,
    create_grid,
    merge_divisions,
    move_division,
    split_division,
)
from linzhi.domains.places.models import Building, Dwelling, Estate, Grid
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, division, holder
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.outbox.models import Event
from linzhi.foundation.territory import history
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.history import Move, _holds, _region
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, covers
from linzhi.kernel.actor import ANONYMOUS
from linzhi.kernel.refused import NotAllowed, Refused

LATER = AT + timedelta(days=30)
DAY = LATER.date()
EVE = DAY - timedelta(days=1)
BASIS = "区政府〔2026〕12号"


def fresh(place: Territory) -> Territory:
    """The place as it is now."""
    return Territory.objects.get(pk=place.pk)


def merge(ground: SmallCounty) -> Territory:
    """The second street goes into the first one."""
    return merge_divisions(SETUP, MergeDivisions(into="980101001", merged=("980101002",), basis=BASIS), at=LATER)


def test_after_a_merger_the_street_counts_what_came_and_the_days_before_stay_as_they_were(ground: SmallCounty) -> None:
    other_street = Territory.objects.get(code="980101002")
    before = {street.code: metrics.estates_by_kind(street.path, EVE) for street in (ground.street, other_street)}
    assert before == {"980101001": {"commodity": 1, "old": 1}, "980101002": {"resettlement": 1}}
    merge(ground)
    street, gone = fresh(ground.street), fresh(other_street)
    assert metrics.estates_by_kind(street.path, DAY) == {"commodity": 1, "old": 1, "resettlement": 1}
    assert metrics.estates_by_kind(gone.path, DAY) == {}
    assert {one.code: metrics.estates_by_kind(one.path, EVE) for one in (street, gone)} == before
    assert gone.end == DAY and [one.name for one in history.successors(gone.path)] == ["一街"]
    anyone = Powers(ANONYMOUS, LATER)
    assert [row.name for row in queries.estates(anyone, street.path)] == ["东苑", "旧里", "远庄"]
    assert [row.name for row in queries.estates(anyone, gone.path, EVE)] == ["远庄"]
    assert [row.code for row in territory.inside(street.path, "community", DAY)] == ["980101001001", "980101002001"]
    assert [row.code for row in territory.inside(street.path, "community", EVE)] == ["980101001001"]


def test_the_line_of_a_moved_estate_reads_as_it_did_on_each_day(ground: SmallCounty) -> None:
    merge(ground)
    path = Estate.objects.get(pk=ground.far.pk).path
    assert [one.name for one in history.line_on(path, DAY)][-3:] == ["一街", "乙社区", "远庄"]
    assert [one.name for one in history.line_on(path, EVE)][-3:] == ["二街", "乙社区", "远庄"]
    assert history.path_on(path, EVE) == ground.far.path and history.path_now(ground.far.path, EVE) == path


def test_dwellings_move_with_their_estate_and_are_counted_on_either_side_of_the_day(ground: SmallCounty) -> None:
    move = MoveDivision(code=ground.east.code, to=ground.other.code, basis=BASIS)
    move_division(SETUP, move, at=LATER)
    community, other = fresh(ground.community), fresh(ground.other)
    for path, on, households in ((community.path, DAY, 0), (other.path, DAY, 8), (community.path, EVE, 8), (other.path, EVE, 0)):
        assert metrics.total(metrics.counted(path, on)).households == households
        assert sum(queries.dwelling_counts(path, on).values()) == households
    east = Estate.objects.get(pk=ground.east.pk)
    assert covers(other.path, east.path)
    assert all(covers(east.path, path) for path in Dwelling.objects.values_list("path", flat=True))
    assert all(covers(east.path, path) for path in Building.objects.values_list("path", flat=True))
    assert metrics.total(metrics.counted(ground.county.path, EVE)) == metrics.total(metrics.counted(ground.county.path, DAY))


def test_moving_there_and_back_again_leaves_every_day_as_it_was(ground: SmallCounty) -> None:
    move_division(SETUP, MoveDivision(code=ground.east.code, to=ground.other.code, basis=BASIS), at=LATER)
    back = LATER + timedelta(days=10)
    move_division(SETUP, MoveDivision(code=ground.east.code, to=ground.community.code, basis=BASIS), at=back)
    days = (TODAY, EVE, DAY, back.date() - timedelta(days=1), back.date())
    assert [sum(queries.dwelling_counts(fresh(ground.community).path, on).values()) for on in days] == [8, 8, 0, 0, 8]
    assert [sum(queries.dwelling_counts(fresh(ground.other).path, on).values()) for on in days] == [0, 0, 8, 8, 0]


def test_a_place_that_lost_its_last_child_never_gives_its_path_again(ground: SmallCounty) -> None:
    old = ground.far.path
    move_division(SETUP, MoveDivision(code=ground.far.code, to=ground.community.code, basis=BASIS), at=LATER)
    fresh_one = add_division(SETUP, AddDivision(parent="980101002", level="community", code="980101002009", name="丁社区"), at=LATER)
    from linzhi.domains.places.commands import RegisterEstate, register_estate

    estate = register_estate(SETUP, RegisterEstate(community=ground.other.code, name="新庄", kind="old"), at=LATER)
    assert estate.path != old and fresh_one.path != ground.other.path
    assert queries.dwelling_counts(fresh(ground.other).path, EVE) == {}


def test_a_split_community_lives_on_in_two_and_its_grids_follow_their_ground(ground: SmallCounty) -> None:
    parts = {"W1": (ground.east.code,), "W2": (ground.old.code,)}
    for code, codes in parts.items():
        create_grid(SETUP, CreateGrid(community=ground.community.code, code=code, name=code, parts=codes), at=AT)
    split = SplitDivision(
        code=ground.community.code, parts=(Part(code="980101001005", name="甲东社区", members=(ground.east.code,)),), basis=BASIS
    )
    split_division(SETUP, split, at=LATER)
    new, old = Territory.objects.get(code="980101001005"), fresh(ground.community)
    assert old.end is None and [one.pk for one in history.successors(old.path)] == [new.pk]
    assert dict(Grid.objects.values_list("code", "path")) == {"W1": new.path, "W2": old.path}
    assert metrics.households_by_grid(new.path, DAY) == {Grid.objects.get(code="W1").pk: 8}
    assert sum(queries.dwelling_counts(old.path, EVE).values()) == 8 and queries.dwelling_counts(old.path, DAY) == {}
    assert grid_problems(ground.county.path, DAY) != [] and not [one for one in grid_problems(new.path, DAY) if one.kind == "outside"]
    rest = SplitDivision(code=old.code, parts=(Part(code="980101001006", name="甲西社区", members=(ground.old.code,)),), basis=BASIS)
    split_division(SETUP, rest, at=LATER + timedelta(days=1))
    assert fresh(old).end == DAY + timedelta(days=1)


def test_a_community_keeps_its_old_code_and_name_for_the_days_before(ground: SmallCounty) -> None:
    cmd = MoveDivision(code=ground.community.code, to="980101002", new_code="980101002007", new_name="新甲社区", basis=BASIS)
    move_division(SETUP, cmd, at=LATER)
    moved = fresh(ground.community)
    assert (moved.code, moved.name) == ("980101002007", "新甲社区")
    assert history.find("980101001001") == moved == history.find("980101002007")
    assert history.names_on([moved.path], EVE) == {moved.path: "甲社区"} and history.names_on([moved.path], DAY) == {moved.path: "新甲社区"}
    assert [one.code for one in history.line_on(moved.path, EVE)][-1] == "980101001001"
    assert [(row.code, row.basis) for row in history.past_of(moved)] == [("980101001001", BASIS)]


def test_power_does_not_move_with_the_place_and_is_right_on_each_day(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.other.path)
    first, second = (
        holder("street_dispatcher", ground.street.path),
        holder("street_dispatcher", Territory.objects.get(code="980101002").path),
    )
    kept = list(Grant.objects.order_by("pk").values_list("path", flat=True))
    merge(ground)
    assert list(Grant.objects.order_by("pk").values_list("path", flat=True)) == kept
    far = Estate.objects.get(pk=ground.far.pk)
    may = {
        name: bool(Powers(actor, LATER).decide("places.view_dwelling", far))
        for name, actor in (("worker", worker), ("first", first), ("second", second))
    }
    # The first street answers for what came to it; the others until their posts are decided anew for nothing.
    assert may == {"worker": False, "first": True, "second": False}
    Grant.objects.filter(account_id=worker.account_id).update(end=LATER)
    Grant.objects.create(account_id=worker.account_id, role="community_worker", path=fresh(ground.other).path, begin=LATER)
    assert Powers(worker, LATER).decide("places.view_dwelling", far)
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names.count("places.PlaceMoved") == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"to": "980101002"}, "territory.level"),
        ({"to": "980101001001"}, "territory.same_place"),
        ({"to": "nowhere"}, "nowhere"),
        ({"begin": (DAY + timedelta(days=1)).isoformat()}, "places.not_yet"),
        ({"new_code": "X1"}, "places.code_stays"),
        ({"begin": "1990-01-01"}, "places.not_in_force"),
    ],
)
def test_a_move_is_refused(ground: SmallCounty, change: dict[str, str], refusal: str) -> None:
    cmd = MoveDivision.model_validate({"code": ground.east.code, "to": ground.other.code, "basis": BASIS, **change})
    with pytest.raises(Refused, match=refusal):
        move_division(SETUP, cmd, at=LATER)
    assert Estate.objects.get(pk=ground.east.pk).path == ground.east.path


def test_another_county_and_a_day_before_the_last_change_are_refused(ground: SmallCounty) -> None:
    division("980100", "county", "980102", "邻区")
    division("980102", "street", "980102001", "邻街")
    neighbour = division("980102001", "community", "980102001001", "邻社区")
    with pytest.raises(Refused, match=r"territory\.other_county"):
        move_division(SETUP, MoveDivision(code=ground.east.code, to=neighbour.code, basis=BASIS), at=LATER)
    merge(ground)
    with pytest.raises(Refused, match=r"territory\.before_last_change"):
        move_division(SETUP, MoveDivision(code=ground.east.code, to=ground.other.code, basis=BASIS, begin=EVE), at=LATER)


def test_only_the_county_may_rehang_and_only_its_own(ground: SmallCounty) -> None:
    cmd = MoveDivision(code=ground.east.code, to=ground.other.code, basis=BASIS)
    for actor in (holder("community_worker", ground.community.path), holder("county_officer", ground.street.path)):
        with pytest.raises(NotAllowed):
            move_division(actor, cmd, at=LATER)
    move_division(holder("county_officer", ground.county.path), cmd, at=LATER)


STEPS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), max_size=6)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.integers(0, 6))
def test_what_was_inside_a_place_on_a_day_is_found_after_any_moves(steps: list[tuple[str, str]], asked: int) -> None:
    """Six places in two trees of three are moved under each other's kind; a translated question finds what a replay finds."""
    parents = {leaf: "uvwxyz"[number] for number, leaf in enumerate("abcdef")}
    number = {name: f"{place:05d}" for place, name in enumerate("uvwxyz", 1)}
    paths = {leaf: number[parents[leaf]] + "00001" for leaf in "abcdef"}
    days: list[dict[str, str]] = [dict(paths)]
    moves, used = [], 1
    for leaf, target in steps:
        if not paths[leaf].startswith(number[target]):
            used += 1
            new = f"{number[target]}{used:05d}"
            moves.append(Move(paths[leaf], new, DAY))
            paths[leaf] = new
        days.append(dict(paths))
        moves.append(Move("99999", "99998", DAY))  # a day on which nothing here moved
    assert all(one.old != two.old or one.old == "99999" for one, two in pairwise(moves))
    day = min(asked, len(steps))
    later = moves[len(_until(moves, day)) :]
    for top in number.values():
        region = _region(top, later)
        inside = {leaf for leaf, path in paths.items() if _holds(region, path)}
        assert inside == {leaf for leaf, path in days[day].items() if path.startswith(top)}, (top, later)
    assert ancestors("0000100002") == ["00001", "0000100002"]


def _until(moves: list[Move], day: int) -> list[Move]:
    """The moves of the first `day` steps; each step ends with the empty one."""
    found, ends = [], 0
    for move in moves:
        if ends == day:
            break
        found.append(move)
        ends += move.old == "99999"
    return found
