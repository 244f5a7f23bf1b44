"""The demo county's ground comes as workbooks through the importer, the same every time."""

from __future__ import annotations

import pytest

from linzhi.domains.places import demo
from linzhi.domains.places.models import Building, Dwelling, Estate, Facility, FormerFacts, Grid, Unit
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.domains.places.tests.ground import AT, TODAY
from linzhi.foundation.sheets.models import SheetImport

pytestmark = pytest.mark.django_db


def test_everything_below_the_communities_was_imported_without_a_wrong_row() -> None:
    ground = demo.build(AT)
    imports = list(SheetImport.objects.order_by("pk"))
    assert [one.register for one in imports] == [code for code, _sheet in demo.SHEETS]
    assert all((one.state, one.bad, one.place) == ("done", 0, demo.COUNTY) for one in imports)
    counted = {one.register: one.new for one in imports if one.new}
    models = {"estates": Estate, "buildings": Building, "units": Unit, "dwellings": Dwelling, "grids": Grid, "facilities": Facility}
    assert {code: counted[code] for code in models} == {code: model.objects.count() for code, model in models.items()}
    assert grid_problems(ground.county.path, TODAY) == []


def test_the_ground_is_the_same_every_time_and_as_old_as_its_estates() -> None:
    ground = demo.build(AT)
    estate = ground.estates["凤栖苑"]
    assert (estate.code, str(estate.begin), estate.households, estate.conditions) == ("990101001001001", "2012-07-01", 816, [])
    assert (str(estate.latitude), str(estate.longitude)) == ("30.501595", "110.201963")
    building = ground.building("凤栖苑", "3幢")
    dwelling = building.dwellings.get(unit="2", room="502")
    assert (building.code, dwelling.exclusive_area, dwelling.area_source, str(dwelling.begin)) == (
        "990101001001001-03", 8888, "registered", "2012-07-01",
    )  # fmt: skip
    assert Facility.objects.get(estate=estate, name="3幢2单元电梯").code == "990101001001001-F010"
    # What was counted later is told from that day on.
    assert FormerFacts.objects.filter(what="estate", row_id=estate.pk).count() == 1
    assert demo.build(AT).estates.keys() == ground.estates.keys() and SheetImport.objects.count() == len(demo.SHEETS)
