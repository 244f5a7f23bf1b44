"""Campaigns: what is struck off, what has moved, who is asked what; and what a pack may say of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from linzhi.domains.bodies.commands import FoundBody, found_body
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.compliance import commands as do
from linzhi.domains.compliance.models import Campaign, DepartmentTask, LeaderLink, Scheduling
from linzhi.domains.compliance.queries import campaigns as lists
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.policy.campaigns import CampaignEntry, campaigns_in, shipped_campaigns
from linzhi.policy.load import packs
from tests.support.small_county import County

JOB = System("compliance.refresh")
TODAY = AT.date()
LEVEL = "街道领导班子成员联系网格"


def own(ground: SmallCounty, **more: Any) -> do.OpenCampaign:
    checks = ("self-government", "profile-verified")
    rows = (do.MilestoneRow(title="家家有组织", day=TODAY + timedelta(days=10), checks=("self-government",)),)
    given = {"place": ground.county.code, "title": "自治组织全覆盖", "basis": "区政府专题会议", "checks": checks, "milestones": rows}
    return do.OpenCampaign(**(given | more))


@pytest.fixture
def running(ground: SmallCounty) -> Campaign:
    do.evaluate(JOB, do.Evaluate(place=ground.county.code), at=AT)
    return do.open_campaign(holder("county_officer", ground.county.path), own(ground), at=AT)


def body(ground: SmallCounty, name: str = "区住房局") -> Body:
    found: Body = found_body(SETUP, FoundBody(place=ground.county.code, kind="department", name=name), at=AT)
    return found


def test_a_gap_that_is_closed_in_the_register_is_struck_off_by_the_next_evaluation(ground: SmallCounty, running: Campaign) -> None:
    powers = Powers(holder("county_officer", ground.county.path), AT)
    before = lists.wall(powers, running, ground.county, TODAY).total
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    later = AT + timedelta(days=2)
    do.evaluate(JOB, do.Evaluate(place=ground.county.code), at=later)
    wall = lists.wall(Powers(powers.actor, later), running, ground.county, TODAY)
    index = [check.code for check in wall.checks].index("self-government")
    assert (wall.total.stands[index].done, wall.total.stands[index].of) == (before.stands[index].done + 1, before.stands[index].of)
    assert wall.total.moved[index] == 1
    assert [line.node.path for line in wall.lines] == sorted(line.node.path for line in wall.lines)
    mark = lists.marks(running, wall.total, TODAY)[0]
    assert (mark.done, mark.of, mark.days_left, mark.kind) == (1, wall.total.stands[index].of, 10, "warn")
    assert lists.marks(running, wall.total, TODAY + timedelta(days=11))[0].kind == "bad"


def test_of_a_listing_what_was_closed_since_the_beginning_is_what_is_done(ground: SmallCounty) -> None:
    do.evaluate(JOB, do.Evaluate(place=ground.county.code), at=AT)
    officer = holder("county_officer", ground.county.path)
    rows = (do.MilestoneRow(title="网格划全", day=TODAY + timedelta(days=30), checks=("grid-gap",)),)
    campaign = do.open_campaign(officer, own(ground, checks=("grid-gap",), milestones=rows), at=AT)
    wall = lists.wall(Powers(officer, AT), campaign, ground.county, TODAY)
    (stand,) = wall.total.stands
    assert stand.done == 0 and stand.of is not None and stand.of > 0
    assert sum(line.of for line in wall.lines) == stand.of


def test_a_campaign_of_a_pack_takes_its_checks_days_and_source(ground: SmallCounty) -> None:
    Territory.objects.filter(pk=ground.county.pk).update(pack="cn-guangxi-liuzhou-liudong")
    asked = do.OpenCampaign(place=ground.county.code, campaign="estate-party-founding")
    with pytest.raises(NotAllowed):
        do.open_campaign(holder("county_officer", ground.county.path), asked, at=AT)
    made = do.open_campaign(holder("county_party_officer", ground.county.path), asked, at=AT)
    assert [row["day"] for row in made.milestones] == ["2021-03-31", "2021-04-30"]
    assert made.room == "party" and "branch-due" in made.checks and "柳东" in made.basis


def test_a_campaign_of_the_closed_room_is_seen_by_the_party_line_alone(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    do.evaluate(JOB, do.Evaluate(place=ground.county.code), at=AT)
    rows = (do.MilestoneRow(title="该建的建起来", day=TODAY, checks=("branch-due",)),)
    asked = own(ground, title="支部组建", checks=("branch-due",), milestones=rows)
    campaign = do.open_campaign(holder("county_party_officer", ground.county.path), asked, at=AT)
    for role, place in (("county_officer", ground.county), ("community_worker", ground.community), ("grid_worker", ground.community)):
        assert lists.campaign(Powers(holder(role, place.path), AT), campaign.pk) is None, role
    powers = Powers(holder("party_officer", ground.community.path), AT)
    assert lists.campaign(powers, campaign.pk) == campaign
    assert lists.wall(powers, campaign, lists.root(powers, campaign), TODAY).total.of == 1


def test_whoever_works_in_one_community_sees_the_countys_campaign_and_of_it_only_the_own_place(
    ground: SmallCounty, running: Campaign
) -> None:
    powers = Powers(holder("community_worker", ground.community.path), AT)
    assert lists.campaigns(powers) == [running]
    assert lists.root(powers, running) == ground.community
    wall = lists.wall(powers, running, ground.community, TODAY)
    assert {line.node.path for line in wall.lines} == {ground.east.path, ground.old.path}


def test_opening_is_refused_twice_for_unknown_checks_and_for_a_milestone_that_asks_more(ground: SmallCounty, running: Campaign) -> None:
    officer = holder("county_officer", ground.county.path)
    with pytest.raises(Refused, match="同名"):
        do.open_campaign(officer, own(ground), at=AT)
    with pytest.raises(Refused, match="没有“no-such”"):
        do.open_campaign(officer, own(ground, title="另一个", checks=("no-such",)), at=AT)
    extra = (do.MilestoneRow(title="多要的", day=TODAY, checks=("grid-gap",)),)
    with pytest.raises(Refused, match="不在这次行动"):
        do.open_campaign(officer, own(ground, title="另一个", milestones=extra), at=AT)
    with pytest.raises(NotAllowed):
        do.open_campaign(holder("community_worker", ground.community.path), own(ground, title="另一个"), at=AT)
    do.close_campaign(officer, do.CloseCampaign(campaign_id=running.pk, outcome="做到了八成"), at=AT)
    assert do.open_campaign(officer, own(ground), at=AT).pk != running.pk


def test_a_session_keeps_how_places_stood_says_what_moved_and_asks_departments(ground: SmallCounty, running: Campaign) -> None:
    officer = holder("county_officer", ground.county.path)
    department = body(ground)
    task = do.TaskRow(body_id=department.pk, what="指导东苑开筹备会", due=TODAY + timedelta(days=5), checks=("self-government",))
    first = do.note_scheduling(officer, do.NoteScheduling(campaign_id=running.pk, note="先从东苑做起", tasks=(task,)), at=AT)
    assert first.moved == [] and first.tasks.get().what == "指导东苑开筹备会"
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    later = AT + timedelta(days=7)
    do.evaluate(JOB, do.Evaluate(place=ground.county.code), at=later)
    second = do.note_scheduling(officer, do.NoteScheduling(campaign_id=running.pk, note="东苑成了，接着做"), at=later)
    moved = [(row["place"], row["check"], row["now"][0] - row["then"][0]) for row in second.moved]
    assert (ground.county.code, "self-government", 1) in moved and (ground.street.code, "self-government", 1) in moved
    wrong = do.TaskRow(body_id=department.pk, what="昨天就该办的", due=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="已经过了"):
        do.note_scheduling(officer, do.NoteScheduling(campaign_id=running.pk, note="这次写错了日期", tasks=(wrong,)), at=AT)
    assert Scheduling.objects.count() == 2


def test_a_task_is_finished_by_its_department_or_the_county_and_only_with_what_was_done(ground: SmallCounty) -> None:
    department, other = body(ground), body(ground, "区民政局")
    cmd = do.SetDepartmentTask(place=ground.east.code, body_id=department.pk, what="指导筹备组开会", due=TODAY + timedelta(days=3))
    with pytest.raises(NotAllowed):
        do.set_department_task(holder("community_worker", ground.community.path), cmd, at=AT)
    task = do.set_department_task(holder("street_dispatcher", ground.street.path), cmd, at=AT)
    done = do.FinishDepartmentTask(task_id=task.pk, done="3 月 4 日开了筹备会")
    stranger = holder("department_handler", ground.county.path, other.pk)
    with pytest.raises(NotAllowed):
        do.finish_department_task(stranger, done, at=AT)
    assert lists.tasks(Powers(stranger, AT)) == []
    handler = holder("department_handler", ground.county.path, department.pk)
    assert lists.tasks(Powers(handler, AT)) == [task]
    with pytest.raises(ValidationError):
        do.FinishDepartmentTask(task_id=task.pk, done="好")
    do.finish_department_task(handler, done, at=AT)
    assert DepartmentTask.objects.get().done == "3 月 4 日开了筹备会"
    with pytest.raises(NotFound):
        do.finish_department_task(handler, done, at=AT)


def test_a_leader_looks_after_a_place_from_a_day_to_a_day_at_a_level_that_the_rules_name(ground: SmallCounty) -> None:
    street = found_body(SETUP, FoundBody(place=ground.street.code, kind="street_office", name="一街办事处"), at=AT)
    dispatcher = holder("street_dispatcher", ground.street.path)
    cmd = do.LinkLeader(place=ground.community.code, body_id=street.pk, post="副主任", name="严立新", level=LEVEL, begin=TODAY)
    link = do.link_leader(dispatcher, cmd, at=AT)
    assert do.link_leader(dispatcher, cmd, at=AT) == link
    with pytest.raises(Refused, match="挂包"):
        do.link_leader(dispatcher, cmd.model_copy(update={"level": "随便哪一级"}), at=AT)
    with pytest.raises(NotAllowed):
        do.link_leader(dispatcher, cmd.model_copy(update={"place": ground.other.code}), at=AT)
    with pytest.raises(Refused, match="开始之后"):
        do.unlink_leader(dispatcher, do.UnlinkLeader(link_id=link.pk), at=AT)
    do.unlink_leader(dispatcher, do.UnlinkLeader(link_id=link.pk), at=AT + timedelta(days=30))
    powers = Powers(holder("community_worker", ground.community.path), AT + timedelta(days=40))
    assert lists.links(powers) == [] and lists.links(powers, on=TODAY + timedelta(days=29)) == [link]
    assert LeaderLink.objects.count() == 1


def test_every_shipped_campaign_is_sound_and_names_what_its_document_dates() -> None:
    for pack in packs().by_name.values():
        assert campaigns_in(pack, packs())[1] == [], pack.name
    assert "estate-party-founding" in shipped_campaigns("cn-guangxi-liuzhou-liudong")
    three = shipped_campaigns("cn-jiangsu")["three-years"]
    assert [one.row for one in three.entry.milestones] == ["pilot", "full_coverage", "full_coverage", "consolidation"]
    assert any(one.uncounted for one in three.entry.milestones)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"milestones": [{"title": "没有日子", "checks": ["a"]}]},
        {"milestones": [{"title": "两个日子", "day": date(2026, 1, 1), "within": "3 days", "checks": ["a"]}]},
        {"milestones": [{"title": "数不数", "day": date(2026, 1, 1)}]},
        {"milestones": []},
        {"source": "ld#三（二）"},
        {"local": False},
    ],
)
def test_a_spoiled_campaign_is_refused(spoiled: dict[str, Any]) -> None:
    sound = {
        "campaign": "a", "title": "好的", "checks": ["a"], "local": True,
        "milestones": [{"title": "到期", "day": date(2026, 1, 1), "checks": ["a"]}],
    }  # fmt: skip
    CampaignEntry.model_validate(sound)
    with pytest.raises(ValidationError):
        CampaignEntry.model_validate(sound | spoiled)


@pytest.mark.django_db
def test_the_pages_of_a_campaign_work_from_opening_to_closing(client: Client, county: County) -> None:
    do.evaluate(JOB, do.Evaluate(place=county.territory.code))
    county.sign_in(client, "county_officer")
    given = {"title": "底数清零", "basis": "区里的会", "checks": ["profile-complete"], "milestone_1": "补齐", "day_1": "2099-01-01"}
    lacking = client.post("/desk/campaigns/new/", {**given, "title": ""})
    assert lacking.status_code == 422 and "区里的会" in lacking.content.decode()
    answer = client.post("/desk/campaigns/new/", given)
    assert answer.status_code == 302
    base = answer["Location"]
    for path in (
        base,
        f"{base}?place={county.street.code}",
        f"{base}?place={county.community.code}&check=profile-complete",
        "/desk/campaigns/",
    ):
        assert client.get(path).status_code == 200, path
    department = county.bodies["department"].pk
    half = client.post(f"{base}schedule/", {"note": "先补桂园", "body_1": department})
    assert half.status_code == 422 and "三样都要写" in half.content.decode()
    task = {"note": "先补桂园", "body_1": department, "what_1": "把桂园的资料送来", "due_1": "2099-01-01"}
    assert client.post(f"{base}schedule/", task).status_code == 302
    assert "把桂园的资料送来" in client.get(base).content.decode()
    assert client.post(f"{base}close/", {"outcome": "好"}).status_code == 422
    assert client.post(f"{base}close/", {"outcome": "都补齐了，转入日常"}).status_code == 302
    assert "都补齐了" in client.get(base).content.decode()
    county.sign_in(client, "department_handler")
    pk = DepartmentTask.objects.get().pk
    assert "把桂园的资料送来" in client.get("/desk/tasks/").content.decode()
    assert client.post(f"/desk/tasks/{pk}/", {"done": "资料已经送到"}).status_code == 302
    assert client.get(base).status_code == 404


@pytest.mark.django_db
def test_the_pages_of_links_and_tasks_take_what_is_typed(client: Client, county: County) -> None:
    county.sign_in(client, "street_dispatcher")
    given = {
        "place": county.community.code, "level": LEVEL, "body_id": county.bodies["street_office"].pk, "post": "副主任", "name": "严立新",
    }  # fmt: skip
    assert client.post("/desk/links/new/", given | {"name": ""}).status_code == 422
    assert client.post("/desk/links/new/", given).status_code == 302
    assert "严立新" in client.get("/desk/links/").content.decode()
    task = {"place": county.estate.code, "body_id": county.bodies["department"].pk, "what": "清理东门占道", "due": "2099-01-01"}
    assert client.post("/desk/tasks/new/", task | {"due": "2020-01-01"}).status_code == 422
    assert client.post("/desk/tasks/new/", task).status_code == 302
    county.sign_in(client, "property_handler")
    assert client.get("/desk/tasks/").status_code == 403
