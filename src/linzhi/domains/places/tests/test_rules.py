from typing import Any

import pytest

from linzhi.domains.places.queries.official import children, county_codes, doubts_about, official, source
from linzhi.domains.places.rules import PROFILE_FIELDS, boundary_fault, code_fault, dwelling_label, overlapping
from linzhi.foundation.sheets import identity
from linzhi.policy.load import packs


def test_a_dwelling_is_called_as_people_say_it() -> None:
    assert dwelling_label("3幢", "2", "502") == "3幢2单元502"
    assert dwelling_label("3幢", "", "502") == "3幢502"


def test_a_building_overlaps_the_estate_around_it_and_the_other_way_round() -> None:
    estate, building, next_door = "0000100001", "000010000100003", "0000100002"
    assert overlapping([building], {estate: "一"}) == (building, "一")
    assert overlapping([estate], {building: "二"}) == (estate, "二")
    assert overlapping([next_door], {estate: "一", building: "二"}) is None


def ring(*points: tuple[Any, Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


SQUARE = ((0, 0), ("1.5", 0), (1, 1), (0, 1), (0, 0))


@pytest.mark.parametrize(
    ("boundary", "words"),
    [
        (ring(*SQUARE), ""),
        (ring((110.1, 30.2), (110.3, 30.2), (110.3, 30.4), (110.1, 30.2)), ""),
        ({"type": "Point", "coordinates": [1, 2]}, "多边形"),
        ({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}, "多边形"),
        ({"type": "Polygon"}, "多边形"),
        ({**ring(*SQUARE), "crs": "x"}, "多边形"),
        (ring((0, 0), (1, 0), (0, 0)), "至少四个点"),
        (ring((0, 0), (1, 0), (1, 1), (0, 1)), "最后一个点"),
        (ring((0, 0), (181, 0), (1, 1), (0, 0)), "经度"),
        (ring((0, 0), (1, 1), (0, 1), (1, 0), (0, 0)), "自己交叉"),
        (ring((0, 0), (2, 0), (1, 0), (1, 1), (0, 0)), "自己交叉"),
        (ring((0, 0), (1, 0), ("x", 1), (0, 0)), "经度, 纬度"),
        (ring((0, 0), (1, 0), (True, 1), (0, 0)), "经度, 纬度"),
        (ring((0, 0), (1, 0), ("NaN", 1), (0, 0)), "经度, 纬度"),
    ],
)
def test_a_boundary_is_one_simple_ring(boundary: dict[str, Any], words: str) -> None:
    fault = boundary_fault(boundary)
    assert fault == "" if not words else words in fault


@pytest.mark.parametrize(
    ("level", "code", "parent", "wrong"),
    [
        ("province", "32", None, False),
        ("province", "320000", None, False),
        ("province", "3200", None, True),
        ("city", "3208", "32", False),
        ("city", "320800", "320000", False),
        ("city", "3308", "33", False),
        ("county", "320812", "3208", False),
        ("county", "320912", "3208", True),
        ("street", "320812001", "320812", False),
        ("street", "32081200", "320812", True),
        ("street", "320813001", "320812", True),
        ("community", "320812001003", "320812001", False),
        ("community", "甲1", "320812001", False),
        ("county", "990101", "990100", False),
        ("estate", "whatever", "320812001003", False),
    ],
)
def test_a_real_division_code_is_built_of_its_parents(level: str, code: str, parent: str | None, wrong: bool) -> None:
    assert bool(code_fault(level, code, parent)) == wrong


def test_the_official_list_knows_provinces_and_doubts_are_only_warnings() -> None:
    found = official("320000")
    assert found is not None and (found.code, found.name, found.level, found.line) == ("32", "江苏省", "province", ("江苏省",))
    assert official("32") == found and official("99") is None
    assert len(children("")) == 34
    assert doubts_about("province", "32", "江苏省") == [] and "江苏省" in doubts_about("province", "32", "苏省")[0]
    assert "没有 17" in doubts_about("province", "17", "某省")[0]
    assert doubts_about("province", "99", "演示省") == [] and doubts_about("community", "320812001003", "x") == []
    assert "GB/T 2260" in source()


def test_identity_numbers_are_held_against_the_official_counties() -> None:
    assert identity.known_counties() == county_codes()


def test_the_packs_know_every_fact_of_a_profile_and_no_other() -> None:
    assert set(packs().parameters["profile.fields"].shape.options or {}) == set(PROFILE_FIELDS)
