from datetime import date, datetime, timedelta
from typing import Any

import pytest

from linzhi.domains.bodies import metrics
from linzhi.domains.bodies.commands import Appoint, CreatePost, FoundBody, appoint, create_post, found_body
from linzhi.domains.bodies.jobs import offer_formations
from linzhi.domains.bodies.models import Body, Formation
from linzhi.domains.people.commands import (
    MemberRow,
    MoveIn,
    RecordMemberships,
    RegisterPerson,
    move_in,
    record_memberships,
    register_person,
)
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.flow.models import Task
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import BEIJING

HALF_YEAR = date(2026, 3, 2)
SETTLED = date(2025, 9, 2)


def members(ground: SmallCounty, count: int, **more: Any) -> None:
    """So many full members of 东苑, settled half a year before AT to the day."""
    worker, secretary = holder("community_worker", ground.community.path), holder("branch_secretary", ground.east.path)
    for number in range(count):
        person = register_person(worker, RegisterPerson(place=ground.east.code, name=f"党员{number}"), at=AT)
        move_in(worker, MoveIn(person_id=person.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
        row = {"person_id": person.pk, "full_since": date(2001, 7, 1), "settled": SETTLED, "begin": SETTLED, **more}
        record_memberships(secretary, RecordMemberships(estate=ground.east.code, rows=(MemberRow.model_validate(row),)), at=AT)


def above(ground: SmallCounty, form: str = "general_branch") -> Body:
    cmd = FoundBody(place=ground.community.code, kind="community_party", name="甲社区党总支", form=form, begin=date(2020, 1, 1))
    return found_body(SETUP, cmd, at=AT)


def verdict(ground: SmallCounty, on: date = HALF_YEAR) -> metrics.BranchVerdict:
    return next(one for one in metrics.branch_verdicts(ground.county.path, on) if one.path == ground.east.path)


def test_the_third_member_makes_an_estate_eligible_on_the_very_day_of_the_half_year(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    before, after = verdict(ground, HALF_YEAR - timedelta(days=1)), verdict(ground)
    assert (before.counted, before.due, before.why) == (0, "group", "too_few")
    assert (after.counted, after.due, after.why, after.met) == (3, "branch", "enough", False)


def test_two_members_get_a_group_and_none_an_instructor(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 2)
    assert verdict(ground).due == "group"
    nobody = next(one for one in metrics.branch_verdicts(ground.county.path, HALF_YEAR) if one.path == ground.old.path)
    assert (nobody.due, nobody.why, nobody.met) == ("instructor", "nobody", False)


def test_under_a_branch_an_estate_gets_a_group_however_many_members_it_has(ground: SmallCounty) -> None:
    above(ground, "branch")
    members(ground, 4)
    assert (verdict(ground).due, verdict(ground).why) == ("group", "under_branch")


def test_floating_and_probationary_members_do_not_count_by_the_local_default(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 2)
    members(ground, 2, kind="floating")
    members(ground, 1, standing="probationary", full_since=None)
    assert (verdict(ground).counted, verdict(ground).members) == (2, 5)


def test_an_instructor_covers_an_estate_without_members_for_the_time_of_the_post(ground: SmallCounty) -> None:
    body = above(ground)
    post = create_post(SETUP, CreatePost(body_id=body.pk, kind="party_instructor", places=(ground.old.code,)), at=AT)
    end = AT + timedelta(days=30)
    appoint(SETUP, Appoint(post_id=post.pk, name="钱指导", basis="派出通知", end=end), at=AT)
    covered = {day: metrics.branch_verdicts(ground.old.path, day)[0].met for day in (AT.date(), date(2026, 4, 15), date(2026, 2, 1))}
    assert covered == {AT.date(): True, date(2026, 4, 15): False, date(2026, 2, 1): False}


def test_every_estate_of_a_rule_is_one_statement(ground: SmallCounty, django_assert_num_queries: Any) -> None:
    above(ground)
    metrics.branch_verdicts(ground.county.path, HALF_YEAR)
    with django_assert_num_queries(5):  # which pack (entered, named), where others begin (named, entered), and the verdicts
        assert len(metrics.branch_verdicts(ground.county.path, HALF_YEAR)) == 3


def test_a_nearer_pack_brings_its_own_rule_to_its_own_ground_only(ground: SmallCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    above(ground)
    members(ground, 2)
    Territory.objects.filter(pk=ground.community.pk).update(pack="demo")
    strict = metrics.BranchRule(2, 6, ("living",))
    usual = metrics.branch_rule("cn", HALF_YEAR)
    monkeypatch.setattr(metrics, "branch_rule", lambda pack, on: strict if pack == "demo" else usual)
    rows = metrics.branch_verdicts(ground.county.path, HALF_YEAR)
    assert [(one.path, one.due) for one in rows] == [
        (ground.east.path, "branch"), (ground.old.path, "instructor"), (ground.far.path, "instructor"),
    ]  # fmt: skip


def test_the_day_it_must_have_a_branch_a_task_waits_for_the_communitys_party_line_and_only_once(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    day_before = datetime(2026, 3, 1, 6, 0, tzinfo=BEIJING)
    assert offer_formations(day_before) == 0
    assert offer_formations(day_before + timedelta(days=1)) == 1
    assert offer_formations(day_before + timedelta(days=2)) == 0
    formation = Formation.objects.get()
    assert formation.eligibility["counted"] == 3 and formation.eligibility["on"] == "2026-03-02"
    task = Task.objects.get(matter__subject_type="bodies.formation")
    assert (task.role, task.path) == ("party_officer", ground.east.path)
