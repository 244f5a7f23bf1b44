"""政策包: what applies at a place, in words, with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.desk.pages.admin_policy import A_PAGE
from linzhi.domains.desk.pages.admin_policy_rows import ROWS
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.policy.load import packs
from linzhi.policy.queries import resolve_at

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/desk/policy/"


def _in(pack: str, county: County) -> None:
    Territory.objects.filter(pk=county.territory.pk).update(pack=pack)


def test_every_parameter_stands_there_with_its_origin(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "community_worker")
    page = "".join(signed_in.get(PAGE, {"page": number}).content.decode() for number in range(1, len(packs().parameters) // A_PAGE + 2))
    assert all(parameter.title in page for parameter in packs().parameters.values())
    assert "本地设定" in page


def test_a_place_has_the_values_of_its_own_pack_and_the_chain_says_what_those_above_set(county: County, client: Client) -> None:
    _in("cn-sichuan-guangan-huaying", county)
    answer = resolve_at("sla.response_minutes", county.estate.path, clock.now().date())
    page = county.sign_in(client, "community_worker").get(PAGE, {"q": "sla.response_minutes"}).content.decode()
    assert f"{answer.value} 分钟" in page
    assert answer.source is not None
    assert answer.source.source.title in page
    assert "全国：" in page


def test_every_row_of_a_shipped_table_has_a_word() -> None:
    bare = {
        row
        for pack in packs().by_name.values()
        for key, values in pack.values.items()
        for value in values
        if isinstance(value.value, Mapping)
        for row in value.value
        if row.isascii() and len(row) > 1 and row not in (packs().parameters[key].shape.options or {}) and row not in ROWS
    }
    assert bare == set(), "name them in pages/admin_policy_rows.py"


def test_the_day_matters(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "administrator")
    assert "没有规定" in signed_in.get(PAGE, {"on": "1950-01-01"}).content.decode()
    assert "日期没看懂" in signed_in.get(PAGE, {"on": "去年"}).content.decode()


def test_it_can_be_searched_and_narrowed(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "administrator")
    assert "没有这样的规定" in signed_in.get(PAGE, {"q": "没有这种东西"}).content.decode()
    local = signed_in.get(PAGE, {"show": "local"}).content.decode()
    assert "没有规定<" not in local
    assert local.count("<tr>") > 10


def test_a_source_that_nobody_checked_is_marked(county: County, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _in("cn-sichuan-guangan-huaying", county)
    for source in packs().by_name["cn-sichuan-guangan-huaying"].sources.values():
        monkeypatch.setitem(source.__dict__, "verified", False)
    assert "出处未核实" in county.sign_in(client, "administrator").get(PAGE).content.decode()


def test_only_staff_and_only_places_that_are(county: County, client: Client) -> None:
    assert county.sign_in(client, "resident").get(PAGE).status_code == 403
    assert county.sign_in(Client(), "administrator").get(PAGE, {"place": "没有"}).status_code == 404
