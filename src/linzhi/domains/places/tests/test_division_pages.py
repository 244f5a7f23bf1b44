"""区划: the tree as it is and was, and changing it: what it will do is said in figures first, and done only once it is confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.places.commands import MergeDivisions, merge_divisions
from linzhi.domains.places.models import Estate
from linzhi.domains.places.queries.divisions import branches, changes, homes, touched
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, division
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.territory.models import Territory

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)
DAY, EVE = LATER.date(), LATER.date() - timedelta(days=1)
PAGES = "/desk/places/divisions/"


def test_the_tree_of_a_day_shows_every_division_where_it_hung_then(ground: SmallCounty) -> None:
    merge_divisions(SETUP, MergeDivisions(into="980101001", merged=("980101002",), basis="区政府〔2026〕12号"), at=LATER)
    now = [(one.depth, one.name, one.estates) for one in branches(ground.county.path, DAY)]
    assert now == [(0, "试验区", 3), (1, "一街", 3), (2, "甲社区", 2), (2, "乙社区", 1)]
    then = [(one.depth, one.name, one.estates) for one in branches(ground.county.path, EVE)]
    assert then == [(0, "试验区", 3), (1, "一街", 2), (2, "甲社区", 2), (1, "二街", 1), (2, "乙社区", 1)]
    street = Territory.objects.get(code="980101001")
    assert [one.name for one in branches(street.path, EVE)] == ["一街", "甲社区"]


def test_the_history_of_the_tree_says_what_moved_and_on_what_document(ground: SmallCounty) -> None:
    assert changes(ground.county.path) == []
    merge_divisions(SETUP, MergeDivisions(into="980101001", merged=("980101002",), basis="区政府〔2026〕12号"), at=LATER)
    told = {(one.day, one.words, one.basis) for one in changes(ground.county.path)}
    assert told == {(DAY, "“乙社区”从“二街”划到“一街”", "区政府〔2026〕12号"), (DAY, "“二街”由“一街”接续", "")}


def test_the_community_of_a_past_day_is_the_one_an_estate_lay_in_then(ground: SmallCounty) -> None:
    division("980101001", "community", "980101001002", "丙社区")
    merge_divisions(SETUP, MergeDivisions(into="980101001002", merged=("980101001001",), basis="批复"), at=LATER)
    path = Estate.objects.get(pk=ground.east.pk).path
    assert homes([path], EVE) == {path: ("980101001001", "甲社区")}
    assert homes([path], DAY) == {path: ("980101001002", "丙社区")}


def test_a_county_officer_adds_a_community_after_seeing_what_it_will_do(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    street = Territory.objects.get(pk=county.community.parent_id)
    page, given = f"{PAGES}add/?place={street.code}", {"name": "新桥社区", "code": f"{street.code}099"}
    told = client.post(page, given)
    assert told.status_code == 200 and "下面多一个“新桥社区”" in told.content.decode()
    assert not Territory.objects.filter(name="新桥社区").exists()
    assert client.post(page, given | {"confirmed": "1"}).status_code == 302
    made = Territory.objects.get(name="新桥社区")
    assert Entry.objects.filter(action="places.add_division").latest("pk").data["name"] == "新桥社区"
    assert (made.level, made.parent_id) == ("community", street.pk)
    assert "新桥社区" in client.get(PAGES).content.decode()
    # The code is taken now: refused at its field, with what was typed.
    again = client.post(page, given | {"name": "又一个", "confirmed": "1"})
    assert again.status_code == 422 and "已经有了" in again.content.decode() and "又一个" in again.content.decode()


def test_before_a_merger_it_is_said_how_much_goes_along_and_nothing_is_done(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    street = Territory.objects.get(pk=county.community.parent_id)
    other = Territory.objects.create(
        parent=street, level="community", code=f"{street.code}098", name="北桥社区", path=f"{street.path}00098", begin=street.begin
    )
    page, given = f"{PAGES}merge/?place={county.community.code}", {"into": other.code, "basis": "批复〔2026〕3号"}
    inside = touched(county.community.path, AT)
    told = client.post(page, given).content.decode()
    assert f"小区 {inside.estates} 个，楼栋 {inside.buildings} 栋，房屋 {inside.dwellings} 套" in told
    assert f"“{county.community.name}”撤销，里面的一切归北桥社区" in told
    assert Territory.objects.get(pk=county.community.pk).end is None
    missing = client.post(page, {"into": other.code})
    assert missing.status_code == 422 and "请填写依据" in missing.content.decode()
    assert client.post(page, given | {"confirmed": "1"}).status_code == 302
    assert Territory.objects.get(pk=county.community.pk).end is not None
    shown = client.get(PAGES).content.decode()
    assert f"“{county.community.name}”由“北桥社区”接续" in shown and "批复〔2026〕3号" in shown
    ended = client.get(f"{PAGES}?place={county.community.code}").content.decode()
    assert "已经撤销，现在由北桥社区接续" in ended


def test_an_estate_is_hung_under_another_community_and_a_part_is_split_off(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    split = f"{PAGES}split/?place={county.community.code}"
    given = {"name": "东桥社区", "code": f"{county.community.code}9", "members": [county.estate.code], "basis": "批复〔2026〕5号"}
    told = client.post(split, given).content.decode()
    assert f"新设“东桥社区”，代码 {given['code']}；{county.estate.name}归它" in told
    assert client.post(split, given | {"confirmed": "1"}).status_code == 302
    new = Territory.objects.get(name="东桥社区")
    estate = Territory.objects.get(code=county.estate.code)
    assert estate.parent_id == new.pk
    move = f"{PAGES}move/?place={estate.code}"
    shown = client.get(move).content.decode()
    assert county.community.name in shown and "新代码" not in shown
    # On the same day nothing can be moved twice: that would leave no day on which it hung there.
    again = client.post(move, {"to": county.community.code, "basis": "批复〔2026〕6号", "confirmed": "1"})
    assert again.status_code == 422 and "刚刚开始或刚调整过" in again.content.decode()


def test_nobody_else_changes_the_tree_and_everybody_with_a_post_reads_it(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    shown = client.get(PAGES).content.decode()
    assert county.community.name in shown and "并入别的" not in shown
    for name in ("add", "move", "merge", "split"):
        assert client.get(f"{PAGES}{name}/?place={county.community.code}").status_code == 403
    county.sign_in(client, "county_officer")
    assert county.elsewhere is not None
    assert client.get(f"{PAGES}?place={county.elsewhere.code}").status_code == 404
    assert client.get(f"{PAGES}split/?place={county.estate.code}").status_code == 404
