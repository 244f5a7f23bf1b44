"""Figures of bodies, posts and the party line by name."""

from __future__ import annotations

from datetime import timedelta

from linzhi.domains.bodies.models import Holding, Post
from linzhi.domains.bodies.tests.posts import account, body, fill, post
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.places.commands import GridRow, RecordGrids, record_grids
from linzhi.domains.places.models import Grid
from linzhi.domains.places.tests.figures import told
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty
from linzhi.foundation.territory.models import Territory

LATER = AT + timedelta(days=1)


def grid_of(ground: SmallCounty) -> Grid:
    row = GridRow(community=ground.community.code, code="G1", name="一网格", kind="residential", parts=(ground.east.code,))
    record_grids(SETUP, RecordGrids(place=ground.county.code, rows=(row,)), at=AT)
    return Grid.objects.get(code="G1")


def test_members_count_by_the_rule_of_their_own_place(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3, kind="living")
    path = ground.county.path
    assert told("estate.members_counted", path, LATER) == {ground.east.path: 3}
    assert told("estate.party_due", path, LATER)[ground.east.path] == "branch"
    assert told("estate.party_due", path, LATER)[ground.far.path] == "instructor"
    Territory.objects.filter(path=ground.other.path).update(pack="cn-guangxi-liuzhou-liudong")
    due = {ground.east.path: "branch", ground.old.path: "instructor", ground.far.path: "instructor"}
    assert told("estate.party_due", path, LATER) == due
    form = {ground.east.path: "general_branch", ground.old.path: "general_branch", ground.far.path: None}
    assert told("estate.community_form", path, LATER) == form


def test_a_head_leads_the_grid_only_when_it_is_known_to_be_the_same_person(ground: SmallCounty) -> None:
    grid, committee = grid_of(ground), body(ground.community.code, "residents_committee", "甲社区居委会")
    branch = body(ground.east.code, "party_branch", "东苑党支部", parent_id=above(ground).pk)
    assert told("grid.party_orgs", ground.county.path, LATER) == {grid.pk: 1}
    assert told("grid.head_leads", ground.county.path, LATER) == {}
    who = account("王秀兰")
    fill(post(branch, "branch_secretary"), account_id=who, name="王秀兰")
    head = fill(post(committee, "grid_head", grid_id=grid.pk), account_id=account("王秀兰"), name="王秀兰")
    assert told("grid.head_leads", ground.county.path, LATER) == {grid.pk: None}
    Holding.objects.filter(pk=head.pk).update(name="李建国")
    assert told("grid.head_leads", ground.county.path, LATER) == {grid.pk: 0}
    Holding.objects.filter(pk=head.pk).update(account_id=who)
    assert told("grid.head_leads", ground.county.path, LATER) == {grid.pk: 1}


def test_a_worker_of_whom_nobody_said_whether_full_time_leaves_the_figure_open(ground: SmallCounty) -> None:
    grid, committee = grid_of(ground), body(ground.community.code, "residents_committee", "甲社区居委会")
    desk = post(committee, "grid_worker", grid_id=grid.pk, seats=2)
    fill(desk, full_time=True)
    assert told("grid.fulltime_workers", ground.county.path, LATER) == {grid.pk: 1}
    unsaid = fill(desk)
    assert told("grid.fulltime_workers", ground.county.path, LATER) == {grid.pk: None}
    Holding.objects.filter(pk=unsaid.pk).update(full_time=False)
    assert told("grid.fulltime_workers", ground.county.path, LATER) == {grid.pk: 1}
    assert told("county.workers", ground.county.path, LATER) == {ground.county.path: 1}


def test_one_person_with_two_posts_is_one_worker(ground: SmallCounty) -> None:
    committee, who = body(ground.community.code, "residents_committee", "甲社区居委会"), account()
    for kind in ("community_chief", "community_worker"):
        fill(post(committee, kind), account_id=who)
    assert told("community.workers", ground.county.path, LATER) == {ground.community.path: 1}
    assert told("community.workers", ground.county.path, AT - timedelta(days=1)) == {}


def test_a_secretary_who_is_also_the_chief_is_counted_and_equal_names_are_not(ground: SmallCounty) -> None:
    party = above(ground)
    branch = body(ground.east.code, "party_branch", "东苑党支部", parent_id=party.pk)
    who = account("王秀兰")
    fill(post(branch, "branch_secretary"), account_id=who, name="王秀兰")
    chief = fill(post(party, "community_party_secretary"), name="王秀兰")
    assert told("estate.chief_secretaries", ground.county.path, LATER) == {ground.east.path: 0}
    Holding.objects.filter(pk=chief.pk).update(account_id=who)
    assert told("estate.chief_secretaries", ground.county.path, LATER) == {ground.east.path: 1}
    assert told("estate.both_heads", ground.county.path, LATER) == {ground.east.path: 0}


def test_days_without_a_secretary_run_from_the_end_of_the_last_one(ground: SmallCounty) -> None:
    branch = body(ground.east.code, "party_branch", "东苑党支部", parent_id=above(ground).pk)
    held = fill(post(branch, "branch_secretary"))
    path = ground.county.path
    assert told("estate.secretary_vacant_days", path, LATER) == {}
    Holding.objects.filter(pk=held.pk).update(end=AT + timedelta(days=10))
    assert told("estate.secretary_vacant_days", path, AT + timedelta(days=71)) == {ground.east.path: 61}
    assert Post.objects.filter(kind="branch_secretary").count() == 1


def test_buildings_with_a_head_are_counted_once_however_many_heads_they_have(ground: SmallCounty) -> None:
    committee = body(ground.community.code, "residents_committee", "甲社区居委会")
    for title in ("楼长", "副楼长"):
        fill(post(committee, "building_head", title=title, places=(ground.buildings[0].code,)))
    post(committee, "building_head", places=(ground.buildings[1].code,))  # nobody holds it
    assert told("estate.buildings_with_head", ground.county.path, LATER) == {ground.east.path: 1}
