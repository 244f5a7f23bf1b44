"""Every method that ships runs from the report to an honest end, with every due time as the packs say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from linzhi.domains.requests import commands as do
from linzhi.domains.requests.models import Request
from linzhi.flow.models import Clock, Matter, Task
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, Refused
from tests.support import small_county
from tests.support.small_county import County

MONDAY = datetime.fromisoformat("2026-06-01T09:00:00+08:00")


class Loop:
    """One request on its way; `act` performs as a role, `minutes` later."""

    def __init__(self, county: County, **report: Any) -> None:
        self.county = county
        self.at = MONDAY
        self.request = county.report("resident", "电梯有异响，听着害怕。", at=self.at, **report)

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.request.matter_id)

    def act(self, role: str, name: str, minutes: int = 5, **fields: Any) -> Matter:
        self.at += timedelta(minutes=minutes)
        command = getattr(do, name)
        kind = getattr(do, "".join(part.capitalize() for part in name.split("_")))
        command(self.county.actor(role), kind(request_id=self.request.pk, **fields), at=self.at)
        return self.matter

    def due(self, key: str) -> str:
        clock = Clock.objects.filter(matter=self.matter, key=key).latest("pk")
        return clock.due_at.astimezone(MONDAY.tzinfo).strftime("%m-%d %H:%M") if clock.due_at else ""

    def kept(self, key: str) -> bool | None:
        return Clock.objects.filter(matter=self.matter, key=key).latest("pk").kept


def in_pack(pack: str) -> County:
    county = small_county.build()
    Territory.objects.filter(pk=county.territory.pk).update(pack=pack)
    return county


@pytest.mark.django_db
def test_the_national_method_from_report_to_rating(county: County) -> None:
    loop = Loop(county)
    assert (loop.matter.step, loop.due("step:accept")) == ("accept", "06-01 11:00")
    loop.act("community_worker", "accept")
    body = county.bodies["property_company"].pk
    assert loop.act("community_worker", "dispatch", body_id=body).handler_body_id == body
    assert loop.due("step:sign") == "06-01 11:10"
    loop.act("property_handler", "sign")
    assert loop.due("step:handle") == "06-08 17:30", "求助 in five working days"
    loop.act("property_handler", "record_progress", say="师傅到现场了")
    loop.act("property_handler", "give_feedback", say="换了曳引轮，不响了")
    loop.act("community_worker", "verify")
    loop.act("resident", "confirm_solved")
    loop.act("resident", "rate", stars=5, say="很快")
    assert (loop.matter.step, loop.matter.outcome, loop.matter.family) == ("solved", "solved", "done")
    assert loop.matter.closed_at is not None and not Task.objects.filter(matter=loop.matter, done_at=None).exists()
    assert all(clock.kept for clock in loop.matter.clocks.all())
    acts = list(Entry.objects.filter(subject=f"requests.request:{loop.request.pk}").order_by("pk").values_list("action", flat=True))
    assert acts[0] == "requests.report" and acts[-1] == "requests.rate" and len(acts) == 9


@pytest.mark.django_db
def test_the_whistle_goes_through_the_street_to_the_department() -> None:
    county = in_pack("demo")
    loop = Loop(county)
    assert loop.matter.step == "collect"
    loop.act("grid_worker", "respond", say="我马上去看")
    loop.act("grid_worker", "whistle", note="要城管到场")
    loop.act("street_dispatcher", "dispatch", body_id=county.bodies["department"].pk)
    loop.act("department_handler", "sign")
    loop.act("department_handler", "give_feedback", say="已经处理")
    loop.act("committee_member", "verify")
    assert loop.act("resident", "reject_result", say="还是响").round == 2
    assert loop.matter.step == "divide", "back to the street, which gave it to the department: the grid has no power over that"


@pytest.mark.django_db
def test_huaying_answers_in_ten_minutes_and_feeds_back_in_an_hour() -> None:
    county = in_pack("cn-sichuan-guangan-huaying")
    loop = Loop(county)
    assert (loop.due("response"), loop.due("first_feedback")) == ("06-01 09:10", "06-01 10:00")
    loop.act("grid_worker", "respond", minutes=11)
    assert loop.kept("response") is False
    loop.act("grid_worker", "dispatch", body_id=county.bodies["property_company"].pk)
    loop.act("property_handler", "record_progress", say="师傅在路上")
    assert loop.kept("first_feedback") is True
    loop.act("property_handler", "give_feedback", say="修好了")
    loop.act("committee_member", "verify")
    assert loop.matter.step == "close"


@pytest.mark.django_db
def test_anqiu_grades_what_the_estate_cannot_settle() -> None:
    county = in_pack("cn-shandong-weifang-anqiu")
    loop = Loop(county)
    loop.act("grid_worker", "respond")
    loop.act("branch_secretary", "escalate", choice="community", note="小区里办不了")
    assert loop.due("step:community") == "06-04 17:30"
    loop.act("community_worker", "escalate", choice="street", note="社区也办不了")
    loop.act("street_dispatcher", "dispatch", body_id=county.bodies["department"].pk)
    loop.act("department_handler", "give_feedback", say="已经处理")
    loop.act("branch_secretary", "verify")
    assert loop.matter.step == "close"


def dispatched(county: County) -> Loop:
    loop = Loop(county)
    loop.act("community_worker", "accept")
    loop.act("community_worker", "dispatch", body_id=county.bodies["property_company"].pk)
    return loop


def handled(county: County) -> Loop:
    loop = dispatched(county)
    loop.act("property_handler", "sign")
    return loop


@pytest.mark.django_db
def test_after_two_returns_the_street_assigns_and_there_is_no_third(county: County) -> None:
    loop = Loop(county)
    loop.act("community_worker", "accept")
    body = county.bodies["property_company"].pk
    for expected in ("dispatch", "dispatch", "arbitrate"):
        loop.act("community_worker", "dispatch", body_id=body)
        assert loop.act("property_handler", "return_dispatch", note="不归我们").step == expected
    with pytest.raises(NotAllowed):
        loop.act("community_worker", "assign_finally", body_id=body, note="就归你们")
    loop.act("street_dispatcher", "assign_finally", body_id=body, note="合同第三条写明归物业")
    assert loop.matter.step == "handle"
    with pytest.raises(Refused, match="flow.not_now"):
        loop.act("property_handler", "return_dispatch", note="还是不归我们")


@pytest.mark.django_db
def test_more_time_is_asked_once_and_granted_by_somebody_else(county: County) -> None:
    loop = handled(county)
    assert loop.due("step:handle") == "06-08 17:30"
    with pytest.raises(Refused, match="requests.extension_length"):
        loop.act("property_handler", "request_extension", limit="11 working days", note="等配件")
    loop.act("property_handler", "request_extension", limit="3 working days", note="等配件")
    loop.act("community_worker", "grant_extension")
    assert loop.due("step:handle") == "06-11 17:30"
    with pytest.raises(Refused, match="flow.too_often"):
        loop.act("property_handler", "request_extension", limit="1 working day", note="还在等")


@pytest.mark.django_db
def test_a_pause_lengthens_the_limit_by_what_it_took(county: County) -> None:
    loop = handled(county)
    until = loop.at + timedelta(days=60)
    loop.act("community_worker", "suspend", say="等供应商发配件", until=until)
    assert loop.matter.paused and loop.matter.next_due is None
    with pytest.raises(Refused, match="flow.paused"):
        loop.act("property_handler", "give_feedback", say="好了")
    loop.act("community_worker", "resume", minutes=2 * 24 * 60)
    assert loop.due("step:handle") == "06-09 17:30", "of the two closings in the pause one counted: the first day never does"


@pytest.mark.django_db
@pytest.mark.parametrize(("days_late", "kept"), [(0, True), (12, False)])
def test_the_reporter_takes_it_back_while_it_stands_still_and_the_clocks_end_at_their_true_time(
    county: County, days_late: int, kept: bool
) -> None:
    from linzhi.domains.requests.jobs import resume_due
    from linzhi.flow.models import Pause

    loop = handled(county)
    until = loop.at + timedelta(days=60)
    loop.act("community_worker", "suspend", minutes=days_late * 24 * 60 + 5, say="等供应商发配件", until=until)
    loop.act("resident", "withdraw", minutes=2 * 24 * 60)
    assert (loop.matter.step, loop.matter.outcome, loop.matter.paused) == ("withdrawn", "withdrawn", False)
    assert not Clock.objects.filter(matter=loop.matter, stopped_at=None).exists()
    assert loop.kept("step:handle") is kept, "a limit that had run out before the pause is not kept, whatever came after"
    assert loop.due("step:handle") != ""
    pause = Pause.objects.get(matter=loop.matter)
    assert pause.end == loop.at
    assert resume_due(until + timedelta(days=1)) == 0
    assert not Task.objects.filter(matter=loop.matter, done_at=None).exists()


@pytest.mark.django_db
def test_beyond_power_needs_a_second_person_and_is_an_honest_end(county: County) -> None:
    loop = handled(county)
    loop.act("property_handler", "claim_beyond_power", note="是供电公司的设备")
    with pytest.raises(NotAllowed):
        loop.act("property_handler", "confirm_beyond_power", say="我确认")
    loop.act("street_dispatcher", "confirm_beyond_power", say="这是供电公司的设备，已经转告")
    assert (loop.matter.outcome, loop.matter.family) == ("beyond_power", "unfixed")


@pytest.mark.django_db
def test_the_whole_waits_for_its_parts(county: County) -> None:
    loop = handled(county)
    loop.act("property_handler", "split", parts=("换灯泡", "修门禁"))
    parts = list(Request.objects.filter(parent=loop.request))
    assert len(parts) == 2 and all(part.matter.parent_id == loop.request.matter_id for part in parts)
    with pytest.raises(Refused, match="flow.parts_open"):
        loop.act("property_handler", "give_feedback", say="好了")
    for part in parts:
        do.decline(county.actor("community_worker"), do.Decline(request_id=part.pk, say="并到整体里办"), at=loop.at)
    assert loop.act("property_handler", "give_feedback", say="都好了").step == "verify"


@pytest.mark.django_db
def test_a_helper_body_has_its_own_task_and_reports(county: County) -> None:
    loop = handled(county)
    department = county.bodies["department"].pk
    loop.act("property_handler", "invite_joint", body_id=department)
    assert Task.objects.filter(matter=loop.matter, kind="joint", body_id=department, done_at=None).count() == 1
    loop.act("department_handler", "report_joint", note="占道的清走了")
    assert not Task.objects.filter(matter=loop.matter, kind="joint", done_at=None).exists()


@pytest.mark.django_db
def test_a_low_rating_starts_the_clock_of_an_answer(county: County) -> None:
    loop = handled(county)
    loop.act("property_handler", "give_feedback", say="好了")
    loop.act("community_worker", "verify")
    loop.act("resident", "confirm_solved")
    loop.act("resident", "rate", stars=1, say="拖太久")
    assert loop.due("low_rating") == (loop.at + timedelta(hours=24)).strftime("%m-%d %H:%M")
    assert Task.objects.filter(matter=loop.matter, kind="limit:low_rating", done_at=None).count() == 1
    loop.act("community_worker", "answer_rating", say="对不起，以后提前说")
    assert loop.kept("low_rating") is True
    assert not Task.objects.filter(matter=loop.matter, done_at=None).exists()


@pytest.mark.django_db
def test_not_solved_reopens_and_every_limit_starts_anew(county: County) -> None:
    loop = handled(county)
    loop.act("property_handler", "give_feedback", say="好了")
    loop.act("community_worker", "verify")
    loop.act("resident", "reject_result", minutes=3 * 24 * 60, say="还是响")
    assert (loop.matter.step, loop.matter.round) == ("dispatch", 2)
    assert loop.due("step:dispatch") > loop.at.strftime("%m-%d %H:%M")
    loop.act("community_worker", "dispatch", body_id=county.bodies["property_company"].pk)
    loop.act("property_handler", "sign")
    assert Clock.objects.filter(matter=loop.matter, key="step:handle").count() == 2


@pytest.mark.django_db
def test_nothing_closes_because_time_ran_out(county: County) -> None:
    from linzhi.flow.jobs import ring_due_alarms

    loop = handled(county)
    for days in (1, 10, 100, 400):
        ring_due_alarms(loop.at + timedelta(days=days))
    assert loop.matter.step == "handle" and loop.matter.closed_at is None
    assert set(Task.objects.filter(matter=loop.matter, kind="escalated").values_list("role", flat=True)) == {
        "community_worker", "street_dispatcher", "county_officer",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_accused_body_never_sees_a_tip_off(county: County) -> None:
    accused = county.bodies["property_company"].pk
    request = county.report("resident", "物业把消防通道租出去停车了", nature="tip_off", accused_body_id=accused, at=MONDAY)
    do.accept(county.actor("community_worker"), do.Accept(request_id=request.pk), at=MONDAY)
    with pytest.raises(Refused, match="requests.accused"):
        do.dispatch(county.actor("community_worker"), do.Dispatch(request_id=request.pk, body_id=accused), at=MONDAY)
    assert not request.public


@pytest.mark.django_db
def test_in_huaying_a_redone_request_answers_anew_with_the_first_word_of_the_handler() -> None:
    county = in_pack("cn-sichuan-guangan-huaying")
    loop = Loop(county)
    loop.act("grid_worker", "respond")
    loop.act("grid_worker", "dispatch", body_id=county.bodies["property_company"].pk)
    loop.act("property_handler", "give_feedback", say="修好了")
    loop.act("committee_member", "redo", note="还是响")
    assert loop.matter.clocks.filter(key="response", stopped_at=None).count() == 1
    loop.act("property_handler", "record_progress", say="马上再去")
    assert not loop.matter.clocks.filter(key__in=("response", "first_feedback"), stopped_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("pack", ["demo", "cn-sichuan-guangan-huaying", "cn-shandong-weifang-anqiu"])
def test_a_tip_off_about_the_community_is_taken_up_by_the_street(pack: str) -> None:
    county = in_pack(pack)
    accused = county.bodies["residents_committee"].pk
    loop = Loop(county, nature="tip_off", accused_body_id=accused)
    with pytest.raises(NotAllowed):
        loop.act("community_worker", "respond")
    loop.act("street_dispatcher", "respond")
    assert loop.act("street_dispatcher", "dispatch", body_id=county.bodies["department"].pk).handler_body_id is not None
