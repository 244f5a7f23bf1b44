"""Whatever stands in the registers of bodies and of posts, what is exported and imported again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linzhi.domains.bodies.registers import BODIES, POSTS
from linzhi.domains.bodies.rules import name_key
from linzhi.domains.bodies.tests.test_registers import LATER, SETUP, everything, exported, take
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.cells import Noted, parser_of
from linzhi.foundation.sheets.columns import Column
from linzhi.foundation.sheets.plain import BadCell
from linzhi.foundation.sheets.register import Register
from linzhi.foundation.sheets.whole import load

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def _as_kept(text: str) -> str:
    """What is kept of a text that stood in a cell."""
    try:
        value = parser_of(Column("x", "x"), {}, LATER.date())(text)
    except BadCell:
        return ""
    return str(value.value if isinstance(value, Noted) else value or "")


TEXTS = st.text("甲乙丙丁街苑A1-=+@'（）·、/ 〇", min_size=1, max_size=12).map(_as_kept).filter(bool)
NAMES = st.text("赵钱孙李周吴郑王", min_size=2, max_size=4)
DAYS = st.dates(date(2001, 1, 1), date(2025, 1, 1))
PAGES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a failure would take minutes
)  # fmt: skip


@contextmanager
def afresh() -> Iterator[None]:
    """One example on the county as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these columns, each filled or left out."""
    return st.fixed_dictionaries({}, optional=columns)


FACTS = said(
    phone=TEXTS, hours=TEXTS, basis=TEXTS, number=TEXTS, credit_code=st.text("0123456789ABC", min_size=18, max_size=18), begin=DAYS,
    entered_nationally=DAYS,
)  # fmt: skip
TEAMS = st.tuples(st.sampled_from(["estate", "community"]), st.sampled_from(["volunteer_team", "social_organisation"]), TEXTS, FACTS)
BRANCHES = st.tuples(st.just("estate"), st.just("party_branch"), TEXTS, FACTS.map(lambda facts: facts | {"parent": "槐安里社区党委"}))
FIRMS = st.tuples(st.just("community"), st.just("firm_party_branch"), TEXTS, st.integers(0, 99).map(lambda n: {"members": n}))
BODY_ROWS = st.lists(TEAMS | BRANCHES | FIRMS, min_size=1, max_size=8, unique_by=lambda row: row[2])

HOLDER = said(full_time=st.booleans(), begin=DAYS, end=st.dates(date(2026, 1, 1), date(2040, 1, 1)))
HOLDERS = st.lists(st.tuples(NAMES, TEXTS, HOLDER), max_size=3, unique_by=lambda one: name_key(one[0]))
OWN = st.tuples(st.sampled_from(["community_chief", "community_member"]), TEXTS, st.just(""))
GRID = st.tuples(st.sampled_from(["grid_worker", "grid_helper"]), TEXTS, st.just("G1"))
NAMED = st.tuples(st.just("building_head"), TEXTS, st.sampled_from(["first", "estate", "both"]))
POST = st.tuples(OWN | GRID | NAMED, st.integers(3, 9), HOLDERS, said(contact=TEXTS, hours=TEXTS))
POST_ROWS = st.lists(POST, min_size=1, max_size=6, unique_by=lambda row: row[0])


def unchanged(register: Register, county: County) -> None:
    """Export the register, import the workbook, and find everything as it was."""
    kept, rows = everything(), exported(register, county.territory)
    one = load(SETUP, register.code, county.territory.code, rows, at=LATER + timedelta(hours=1))
    assert (one.total, one.taken_new, one.taken_changed) == (len(rows), 0, 0)
    assert everything() == kept


@PAGES
@given(BODY_ROWS)
def test_bodies_that_went_out_come_in_as_nothing_new(county: County, given_rows: list[tuple[str, str, str, dict[str, Any]]]) -> None:
    codes = {"estate": county.other_estate.code, "community": county.community.code}
    with afresh():
        rows = [{"where": codes[where], "kind": kind, "name": name, **facts} for where, kind, name, facts in given_rows]
        take(BODIES, county.territory, rows)
        unchanged(BODIES, county)


@PAGES
@given(POST_ROWS)
def test_posts_that_went_out_come_in_as_nothing_new(county: County, given_posts: list[Any]) -> None:
    codes = {"first": county.building.code, "estate": county.other_estate.code, "G1": "G1", "": None}
    codes["both"] = f"{county.building.code}、{county.other_estate.code}"
    rows = []
    for (kind, title, reach), seats, holders, facts in given_posts:
        post = {"where": county.community.code, "body": "槐安里社区居委会", "kind": kind, "title": title, "seats": seats, **facts}
        post["reach"] = codes[reach]
        rows += [{**post, "name": name, "basis": basis, **more} for name, basis, more in holders] or [post]
    with afresh():
        take(POSTS, county.territory, rows)
        unchanged(POSTS, county)


def test_two_posts_of_one_title_are_told_apart_by_where_they_reach(county: County) -> None:
    post = {"where": county.community.code, "body": "槐安里社区居委会", "kind": "building_head", "title": "楼栋长", "basis": "推选"}
    rows = [{**post, "reach": county.other_estate.code, "name": "甲某"}, {**post, "reach": county.estate.code, "name": "甲某"}]
    assert [len(one) > 0 for one in take(POSTS, county.territory, rows)] == [True, True]
    unchanged(POSTS, county)
    (verdict,) = POSTS.judge(Powers(SETUP, LATER), county.territory, [{**post, "name": "乙某"}])
    assert verdict.state == "bad" and verdict.faults[0].column == "reach"
