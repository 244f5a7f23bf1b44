"""What another value of a parameter would change is told from the stored figures, and changes nothing."""

from linzhi.domains.compliance.commands import Evaluate, evaluate
from linzhi.domains.compliance.models import Standing
from linzhi.domains.compliance.queries import effect_of
from linzhi.domains.places.commands import CreateGrid, create_grid
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty
from linzhi.kernel.actor import System


def test_the_effect_of_another_value_is_what_evaluating_with_it_would_find(ground: SmallCounty) -> None:
    create_grid(SETUP, CreateGrid(community=ground.community.code, code="W1", name="第1网格", parts=(ground.east.code,)), at=AT)
    evaluate(System("compliance.refresh"), Evaluate(place=ground.county.code), at=AT)
    before = list(Standing.objects.order_by("pk").values_list("states", flat=True))
    grids = Standing.objects.filter(subject="grid").count()
    assert grids > 0
    (small,) = [one for one in effect_of(ground.county.path, "grid.households_min", 1, AT.date()) if one.check.code == "grid-size"]
    (great,) = [one for one in effect_of(ground.county.path, "grid.households_min", 10_000, AT.date()) if one.check.code == "grid-size"]
    assert small.now == great.now and small.then == 0 and small.come_in == small.now
    assert great.then >= great.now and great.fall_out == great.then - great.now
    assert before == list(Standing.objects.order_by("pk").values_list("states", flat=True))
    assert effect_of(ground.county.path, "vote.thresholds", 1, AT.date()) == []
