from datetime import timedelta

import pytest

from linzhi.domains.places import queries
from linzhi.domains.places.commands import CreateGrid, RedrawGrid, create_grid, redraw_grid
from linzhi.domains.places.models import Grid, GridPart
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, holder
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

LATER = AT + timedelta(days=10)


def grid(ground: SmallCounty, code: str, *parts: str, kind: str = "residential") -> Grid:
    return create_grid(SETUP, CreateGrid(community=ground.community.code, code=code, name=code, kind=kind, parts=parts), at=AT)


def test_an_estate_can_be_split_between_two_grids(ground: SmallCounty) -> None:
    one = grid(ground, "W1", ground.buildings[0].code)
    two = grid(ground, "W2", ground.buildings[1].code)
    assert queries.grid_at(ground.buildings[0].path, AT) == one
    assert queries.grid_at(ground.buildings[1].path, AT) == two
    assert queries.grid_at(ground.east.path, AT) is None
    assert queries.grids(ground.county.path, TODAY) == [one, two]


def test_ground_of_another_grid_of_the_same_kind_is_refused_but_a_micro_grid_may_lie_inside(ground: SmallCounty) -> None:
    whole = grid(ground, "W1", ground.east.code)
    with pytest.raises(Refused, match="grid_overlap"):
        grid(ground, "W2", ground.buildings[0].code)
    micro = grid(ground, "M1", ground.buildings[0].code, kind="micro")
    assert queries.grid_at(ground.buildings[0].path, AT) == micro
    assert queries.grid_at(ground.buildings[0].path, AT, kind="residential") == whole
    assert queries.grid_at(ground.buildings[1].path, AT) == whole


def test_a_grid_is_refused_outside_its_community_with_a_taken_code_or_unknown_kind(ground: SmallCounty) -> None:
    grid(ground, "W1")
    for refusal, code, parts, kind in (
        ("outside_community", "W2", (ground.far.code,), "residential"),
        ("code_taken", "W1", (), "residential"),
        ("unknown_word", "W2", (), "round"),
        (r"places\.level", "W2", (ground.community.code,), "residential"),
    ):
        with pytest.raises(Refused, match=refusal):
            grid(ground, code, *parts, kind=kind)
    with pytest.raises(Refused, match=r"places\.level"):
        create_grid(SETUP, CreateGrid(community=ground.street.code, code="W3", name="W3"), at=AT)
    with pytest.raises(NotAllowed):
        cmd = CreateGrid(community=ground.community.code, code="W3", name="W3")
        create_grid(holder("community_worker", ground.other.path), cmd, at=AT)


def test_a_redrawn_grid_keeps_its_past(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    one = grid(ground, "W1", ground.buildings[0].code, ground.buildings[1].code)
    redraw_grid(worker, RedrawGrid(grid_id=one.pk, parts=(ground.buildings[1].code, ground.old.code)), at=LATER)
    assert queries.grid_at(ground.buildings[0].path, AT) == one
    assert queries.grid_at(ground.buildings[0].path, LATER) is None
    assert queries.grid_paths(one.pk, TODAY) == [ground.buildings[0].path, ground.buildings[1].path]
    assert queries.grid_paths(one.pk, LATER.date()) == [ground.buildings[1].path, ground.old.path]
    assert GridPart.objects.filter(grid=one).count() == 3
    assert queries.outside_grids(ground.county.path, LATER.date()) == [ground.buildings[0]]
    assert queries.outside_grids(ground.county.path, TODAY) == []


def test_redrawing_is_refused_before_the_last_change_ahead_of_time_and_elsewhere(ground: SmallCounty) -> None:
    one = grid(ground, "W1", ground.buildings[0].code)
    redraw_grid(SETUP, RedrawGrid(grid_id=one.pk, parts=()), at=LATER)
    with pytest.raises(Refused, match="before_last_change"):
        redraw_grid(SETUP, RedrawGrid(grid_id=one.pk, parts=(ground.old.code,), begin=LATER.date() - timedelta(days=1)), at=LATER)
    with pytest.raises(Refused, match="not_yet"):
        redraw_grid(SETUP, RedrawGrid(grid_id=one.pk, parts=(), begin=LATER.date() + timedelta(days=1)), at=LATER)
    with pytest.raises(NotAllowed):
        redraw_grid(holder("community_worker", ground.other.path), RedrawGrid(grid_id=one.pk, parts=()), at=LATER)
    with pytest.raises(NotFound):
        redraw_grid(SETUP, RedrawGrid(grid_id=0, parts=()), at=LATER)
