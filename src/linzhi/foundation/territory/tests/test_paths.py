"""A subtree is one range of digits, on either database."""

from __future__ import annotations

from datetime import date

import pytest

from linzhi.foundation.territory.growth import add
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, child_path, county_of, covers, estate_of, upper_bound, within
from linzhi.foundation.territory.queries import line, pack_for
from linzhi.kernel.refused import Refused

BEGIN = date(2026, 1, 1)


def test_the_upper_bound_is_the_next_sibling() -> None:
    assert upper_bound("0000100009") == "0000100010"
    assert child_path("00001", 3) == "0000100003"
    with pytest.raises(ValueError, match="99998"):
        child_path("00001", 99999)


def test_ancestors_and_parts() -> None:
    path = "".join(f"{n:05d}" for n in range(1, 9))
    assert ancestors(path)[0] == "00001" and ancestors(path)[-1] == path and len(ancestors(path)) == 8
    assert county_of(path) == path[:20] and estate_of(path) == path[:35] and estate_of(path[:30]) == ""
    assert covers(path[:10], path) and not covers(path, path[:10])


@pytest.mark.django_db
def test_the_range_holds_exactly_the_subtree_also_beside_the_ninth_child() -> None:
    nation = add(None, level="nation", code="n", name="国", begin=BEGIN)
    provinces = [add(nation, level="province", code=f"p{i}", name=f"省{i}", begin=BEGIN) for i in range(11)]
    for province in provinces:
        add(province, level="city", code=f"{province.code}c", name="市", begin=BEGIN)
    for province in provinces:
        assert {t.code for t in Territory.objects.filter(within("path", province.path))} == {province.code, f"{province.code}c"}


@pytest.mark.django_db
def test_the_nearest_pack_on_the_way_up_applies() -> None:
    nation = add(None, level="nation", code="n", name="国", begin=BEGIN, pack="cn")
    province = add(nation, level="province", code="p", name="省", begin=BEGIN, pack="cn-p")
    city = add(province, level="city", code="c", name="市", begin=BEGIN)
    assert (pack_for(nation.path), pack_for(city.path)) == ("cn", "cn-p")
    assert [place.code for place in line(city.path)] == ["n", "p", "c"]


@pytest.mark.django_db
def test_a_wrong_level_or_a_taken_code_is_refused() -> None:
    nation = add(None, level="nation", code="n", name="国", begin=BEGIN)
    with pytest.raises(Refused, match="territory.level"):
        add(nation, level="city", code="c", name="市", begin=BEGIN)
    with pytest.raises(Refused, match="territory.code_taken"):
        add(nation, level="province", code="n", name="省", begin=BEGIN)
