"""A place's own rules go with it when it is hung elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from linzhi.domains.places.commands import AddDivision, MoveDivision, add_division, move_division
from linzhi.foundation.access.models import Grant
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Person
from linzhi.policy import commands as do
from linzhi.policy.queries import resolve_at

if TYPE_CHECKING:
    from tests.support.small_county import County

AT = datetime.fromisoformat("2025-06-02T10:00:00+08:00")
FIRST = date(2025, 7, 1)
KEY = "owners_committee.publish_days"


@pytest.mark.django_db
def test_a_community_takes_its_own_values_with_it_when_it_moves(county: County) -> None:
    officer = county.actor("county_officer")
    Grant.objects.create(account_id=990_001, role="county_officer", path=county.territory.path, begin=AT - timedelta(days=9))
    paper = {"title": "社区公约", "issuer": "社区", "article": "三"}
    cmd = do.ProposeValue(place=county.community.code, key=KEY, value=2, begin=FIRST, reason="早点公布", **paper)
    row = do.propose_value(officer, cmd, at=AT)
    do.approve_value(Person(990_001), do.ApproveValue(value_id=row.pk), at=AT)
    assert resolve_at(KEY, county.estate.path, FIRST).value == 2
    add_division(officer, AddDivision(parent=county.territory.code, level="street", code="99020301002", name="榆林街道"), at=AT)
    move_division(officer, MoveDivision(code=county.community.code, to="99020301002", basis="区划调整"), at=AT)
    moved = Territory.objects.get(pk=county.community.pk).path
    assert moved != county.community.path
    assert resolve_at(KEY, moved, FIRST).value == 2
    assert resolve_at(KEY, county.street.path, FIRST).value == 3
