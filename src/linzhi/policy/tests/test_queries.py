"""The pack of a place in the territory tree."""

from __future__ import annotations

from datetime import date

import pytest

from linzhi.foundation.territory.models import Territory
from linzhi.policy.queries import pack_for, resolve_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> str:
    """A street of Huaying, whose county names the pack."""
    parent = None
    line = (("0", "nation", ""), ("511681", "county", "cn-sichuan-guangan-huaying"), ("511681001", "street", ""))
    for number, (code, level, pack) in enumerate(line):
        path = "00001" * (number + 1)
        parent = Territory.objects.create(code=code, name=code, level=level, path=path, parent=parent, pack=pack, begin=date(2000, 1, 1))
    return "00001" * 3


def test_a_place_uses_the_nearest_pack_named_above_it(street: str) -> None:
    assert pack_for(street) == "cn-sichuan-guangan-huaying"
    assert resolve_at("sla.response_minutes", street, date(2026, 9, 1)).value == 10


def test_a_place_without_any_uses_the_nations(street: str) -> None:
    assert pack_for(street[:5]) == "cn"


def test_a_pack_this_installation_lacks_counts_as_none(street: str) -> None:
    Territory.objects.filter(path=street).update(pack="cn-nowhere")
    assert pack_for(street) == "cn"
