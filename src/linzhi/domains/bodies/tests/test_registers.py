"""组织台账 and 岗位任职台账 as sheets: the preview is what happens, the same rows again are nothing, and an import can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhi.domains.bodies.commands import CreatePost, EndHolding, create_post, end_holding
from linzhi.domains.bodies.models import Body, Filing, Holding, Post, PostArea
from linzhi.domains.bodies.registers import BODIES, POSTS
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.foundation.sheets.register import Register, Row, register_of
from linzhi.foundation.sheets.whole import load
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor, System
from linzhi.kernel.refused import NotAllowed, Refused
from tests.support.small_county import BEGIN

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
SETUP = System("setup")
LATER = BEGIN + timedelta(days=30)


def take(register: Register, place: Territory, rows: Sequence[Row], actor: Actor = SETUP, key: str = "k") -> list[dict[str, Any]]:
    """Take rows in as the engine does."""
    return register.take(actor, place, rows, at=LATER, key=key)


def states(register: Register, place: Territory, rows: Sequence[Row], actor: Actor = SETUP) -> list[str]:
    """What the preview says of each row."""
    return [verdict.state for verdict in register.judge(Powers(actor, LATER), place, rows)]


def exported(register: Register, place: Territory, on: date = LATER.date()) -> list[Row]:
    """The register inside a place."""
    return list(register.rows(Powers(SETUP, LATER), place, on))


def everything() -> list[list[tuple[Any, ...]]]:
    """All rows of the register."""
    return [sorted(model.objects.values_list(), key=str) for model in (Body, Post, PostArea, Holding)]


def bodies(county: County) -> list[dict[str, Any]]:
    """A parent, its child above it in the sheet's order, and one that is completed."""
    return [
        {"where": county.other_estate.code, "name": "柳荫里党支部", "kind": "party_branch", "parent": "槐安里社区党委", "number": "槐党〔2025〕1号"},
        {"where": county.building.code, "name": "1幢党员中心户", "kind": "party_household", "parent": "柳荫里新支部"},
        {"where": county.estate.code, "name": "柳荫里新支部", "kind": "party_branch", "parent": "槐安里社区党委"},
        {"where": county.estate.code, "name": "桂园业主委员会", "phone": "0000-1", "hours": "周六上午"},
    ]  # fmt: skip


def posts(county: County) -> list[dict[str, Any]]:
    """An empty post, new holders with and without an account, a grid's post, and a holder whose term is completed."""
    estate, community = county.estate.code, county.community.code
    return [
        {"where": estate, "body": "桂园小区党支部", "kind": "branch_member", "seats": 3},
        {"where": estate, "body": "桂园小区党支部", "kind": "branch_member", "seats": 3, "name": "支委甲", "basis": "支委会纪要"},
        {"where": community, "body": "槐安里社区居委会", "kind": "grid_worker", "title": "副网格员", "reach": "G1", "name": "白社",
         "username": "community-worker", "basis": "社区通知"},
        {"where": estate, "body": "桂园业主委员会", "kind": "committee_member", "name": "业安", "phone": "13900000001", "basis": "选举纪要",
         "end": date(2030, 1, 6)},
        {"where": estate, "body": "桂园业主委员会", "kind": "committee_chair", "name": "业兴", "end": date(2030, 1, 6)},
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["bodies", "posts"])
def test_what_the_preview_says_is_done_and_the_same_sheet_again_is_nothing(county: County, code: str) -> None:
    register, rows = register_of(code), (bodies if code == "bodies" else posts)(county)
    first = states(register, county.territory, rows)
    assert first == (["new"] * 3 + ["changed"] if code == "bodies" else ["new"] * 4 + ["changed"])
    trace = take(register, county.territory, rows)
    assert all(trace)
    assert states(register, county.territory, rows) == ["same"] * len(rows)
    kept = everything()
    assert take(register, county.territory, rows, key="again") == [{}] * len(rows)
    assert everything() == kept


@pytest.mark.parametrize("code", ["bodies", "posts"])
def test_what_is_exported_comes_back_as_nothing_new(county: County, code: str) -> None:
    take(BODIES, county.territory, bodies(county))
    take(POSTS, county.territory, posts(county), key="posts")
    register = register_of(code)
    rows = exported(register, county.territory)
    columns = {column.code for column in register.columns}
    assert len(rows) > 10 and all(set(row) <= columns for row in rows)
    assert states(register, county.territory, rows) == ["same"] * len(rows)
    kept = everything()
    assert take(register, county.territory, rows, key="back") == [{}] * len(rows)
    assert everything() == kept


@pytest.mark.parametrize("code", ["bodies", "posts"])
def test_an_import_is_taken_back_whole(county: County, code: str) -> None:
    register, rows = register_of(code), (bodies if code == "bodies" else posts)(county)
    kept = everything()
    trace = take(register, county.territory, rows)
    assert everything() != kept
    register.undo(SETUP, county.territory, trace, at=LATER + timedelta(hours=1), key="undo")
    assert everything() == kept


def test_power_begins_with_the_import_and_ends_when_it_is_taken_back(county: County) -> None:
    account = county.accounts["community_worker"].pk
    trace = take(POSTS, county.territory, posts(county))
    given = Grant.objects.filter(account_id=account, role="grid_worker")
    assert sorted(given.values_list("path", "begin", "end")) == [(one.path, LATER, None) for one in (county.estate, county.other_estate)]
    POSTS.undo(SETUP, county.territory, trace, at=LATER + timedelta(hours=1), key="undo")
    assert set(given.values_list("end", flat=True)) == {LATER + timedelta(hours=1)}


def test_a_sheet_is_not_taken_back_once_something_rests_on_it_or_was_changed(county: County) -> None:
    trace = take(BODIES, county.territory, bodies(county))
    create_post(SETUP, CreatePost(body_id=Body.objects.get(name="柳荫里党支部").pk, kind="branch_member"), at=LATER)
    with pytest.raises(Refused, match="in_use"):
        BODIES.undo(SETUP, county.territory, trace, at=LATER, key="undo")
    trace = take(POSTS, county.territory, posts(county), key="posts")
    held = Holding.objects.get(name="支委甲")
    end_holding(county.actor("county_officer"), EndHolding(holding_id=held.pk, reason="resigned"), at=LATER + timedelta(hours=1))
    with pytest.raises(Refused, match="changed_since"):
        POSTS.undo(SETUP, county.territory, trace, at=LATER, key="undo-posts")


def test_each_wrong_cell_has_its_reason(county: County) -> None:
    estate = county.estate.code
    wrong_bodies = {
        "where": {"where": "nowhere", "name": "甲", "kind": "volunteer_team"},
        "kind": {"where": estate, "name": "第二业委会", "kind": "owners_committee"},
        "parent": {"where": estate, "name": "乙支部", "kind": "party_branch", "parent": "没有的党委"},
        "form": {"where": estate, "name": "丙队", "kind": "volunteer_team", "form": "branch"},
        "members": {"where": estate, "name": "桂园小区党支部", "members": 5},
        "name": {"where": estate, "kind": "volunteer_team", "name": ""},
    }
    for column, row in wrong_bodies.items():
        (verdict,) = BODIES.judge(Powers(SETUP, LATER), county.territory, [row])
        assert (verdict.state, verdict.faults[0].column) == ("bad", column), row
    base = {"where": estate, "body": "桂园小区党支部", "kind": "branch_secretary"}
    wrong_posts = {
        "body": base | {"body": "没有这个"},
        "kind": base | {"kind": "grid_worker"},
        "seats": base | {"name": "第二人", "basis": "通知"},
        "basis": base | {"title": "副书记", "name": "某人"},
        "username": base | {"title": "副书记", "name": "某人", "basis": "通知", "username": "nobody"},
        "phone": base | {"title": "副书记", "name": "某人", "basis": "通知", "phone": "13911112222"},
        "reach": {"where": county.community.code, "body": "槐安里社区居委会", "kind": "grid_worker", "title": "新", "reach": "G9"},
        "source": base | {"title": "副书记", "name": "某人", "basis": "通知", "source": "made_up"},
        "begin": base | {"name": "党正", "begin": date(2020, 1, 1)},
    }
    for column, row in wrong_posts.items():
        (verdict,) = POSTS.judge(Powers(SETUP, LATER), county.territory, [row])
        assert (verdict.state, verdict.faults[0].column) == ("bad", column), (row, verdict)
    owner = {"where": estate, "body": "桂园业主委员会", "kind": "committee_member", "name": "居安", "phone": "13900000000", "basis": "纪要"}
    (verdict,) = POSTS.judge(Powers(SETUP, LATER), county.territory, [owner])
    assert "只能由本小区的业主" in verdict.faults[0].why


def test_a_row_is_allowed_to_whom_the_single_act_is_and_nothing_is_taken_otherwise(county: County) -> None:
    officer, worker = county.actor("party_officer"), county.actor("community_worker")
    rows = bodies(county)
    assert states(BODIES, county.community, rows, officer) == ["new", "new", "new", "bad"]
    kept = everything()
    with pytest.raises(Refused, match="bodies.row"):
        take(BODIES, county.community, rows, officer)
    assert everything() == kept
    assert states(POSTS, county.community, posts(county), worker) == ["bad", "bad", "bad", "bad", "bad"]
    own = [{"body": "槐安里社区居委会", "kind": "grid_worker", "title": "副网格员", "reach": "G1", "name": "谷格", "username": "grid-worker",
            "basis": "社区通知"}]  # fmt: skip
    assert states(POSTS, county.community, own, worker) == ["new"]
    with pytest.raises(NotAllowed):
        take(POSTS, county.community, own, county.actor("grid_worker"))
    assert county.elsewhere is not None
    with pytest.raises(NotAllowed):
        take(BODIES, Territory.objects.get(code=county.elsewhere.code), [{"name": "甲队", "kind": "volunteer_team"}], officer)


def test_nobody_gives_themselves_a_post_by_a_sheet(county: County) -> None:
    own = [{"body": "槐安里社区居委会", "kind": "grid_worker", "title": "副网格员", "reach": "G1", "name": "白社",
            "username": "community-worker", "basis": "社区通知"}]  # fmt: skip
    (verdict,) = POSTS.judge(Powers(county.actor("community_worker"), LATER), county.community, own)
    assert verdict.state == "bad" and "自己" in verdict.faults[0].why


def test_a_past_day_is_exported_as_it_was_and_no_phone_ever_leaves(county: County) -> None:
    assert exported(BODIES, county.territory, date(2024, 1, 1)) == []
    take(POSTS, county.territory, posts(county))
    rows = exported(POSTS, county.territory, BEGIN.date())
    assert "支委甲" not in {row.get("name") for row in rows}
    assert all(row["phone"] is None for row in exported(POSTS, county.territory))


def test_more_rows_cost_no_more_statements_to_judge(county: County) -> None:
    counts = []
    for many in (2, 40):
        rows = [{"where": county.estate.code, "name": f"志愿队{n}", "kind": "volunteer_team"} for n in range(many)]
        more = [
            {
                "where": county.estate.code,
                "body": "桂园小区党支部",
                "kind": "branch_member",
                "seats": 90,
                "name": f"支委{n}",
                "basis": "纪要",
            }
            for n in range(many)
        ]
        with CaptureQueriesContext(connection) as statements:
            states(BODIES, county.territory, rows)
            states(POSTS, county.territory, more)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_new_secretary_of_a_sheet_is_filed_like_one_of_the_page(county: County) -> None:
    from linzhi.foundation.outbox.models import Event

    take(BODIES, county.territory, bodies(county)[:1])
    row = {"where": county.other_estate.code, "body": "柳荫里党支部", "kind": "branch_secretary", "name": "某书记", "basis": "街道任职通知"}
    take(POSTS, county.territory, [row], key="p")
    assert Event.objects.filter(name="bodies.Appointed").exists() and not Filing.objects.exists()


def test_undoing_an_import_that_ended_a_title_says_that_the_post_it_ended_does_not_come_back(client: Client, county: County) -> None:
    owned = list(register_of("owners").rows(Powers(county.actor("community_worker"), LATER), county.territory, LATER.date()))
    row = next(row for row in owned if row["person_id"] == county.people["committee_member"].pk)
    row = {**row, "name": "业兴", "phone": None, "end": LATER.date()}
    one = load(county.actor("community_worker"), "owners", county.community.code, [row], at=LATER)
    deliver_all(LATER)
    held = county.holdings["committee_member"]
    held.refresh_from_db()
    assert held.ended_reason == "condition"
    county.sign_in(client, "community_worker")
    page = client.get(f"/desk/registers/imports/{one.pk}/undo/").content.decode()
    assert "不会跟着恢复" in page
    client.post(f"/desk/registers/imports/{one.pk}/undo/", {"confirmed": "1"})
    one.refresh_from_db()
    held.refresh_from_db()
    assert one.state == "undone" and held.ended_reason == "condition"
