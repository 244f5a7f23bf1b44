from datetime import date, timedelta

import pytest

from linzhi.domains.bodies import handlers
from linzhi.domains.bodies.commands import (
    Appoint,
    BeginTerm,
    CreatePost,
    FoundBody,
    LinkBodies,
    OpenFiling,
    ReceiveFiling,
    ReturnFiling,
    ReviseBody,
    SubmitFiling,
    UnlinkBodies,
    appoint,
    begin_term,
    create_post,
    found_body,
    link_bodies,
    open_filing,
    receive_filing,
    return_filing,
    revise_body,
    submit_filing,
    unlink_bodies,
)  # fmt: skip
from linzhi.domains.bodies.events import Appointed, TermBegun
from linzhi.domains.bodies.models import Body, Filing, Holding, Post, Term
from linzhi.domains.bodies.tests.test_eligibility import above
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.flow.models import Clock, Matter
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotAllowed, Refused


def secretary(ground: SmallCounty, name: str = "周正平", **more: object) -> Holding:
    branch = Body.objects.filter(kind="party_branch").first()
    branch = branch or found_body(SETUP, FoundBody(place=ground.east.code, kind="party_branch", name="东苑党支部"), at=AT)
    post = Post.objects.filter(body=branch).first() or create_post(SETUP, CreatePost(body_id=branch.pk, kind="branch_secretary"), at=AT)
    cmd = Appoint.model_validate({"post_id": post.pk, "name": name, "basis": "任职通知", **more})
    return appoint(SETUP, cmd, at=AT)


def committee(ground: SmallCounty) -> Body:
    return found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)


def term(body: Body, ground: SmallCounty, begin: date = date(2026, 3, 1)) -> Term:
    cmd = BeginTerm(body_id=body.pk, basis="业主大会决定〔2026〕1号", begin=begin, end=date(begin.year + 5, 3, 1), seats=5)
    return begin_term(holder("community_worker", ground.community.path), cmd, at=AT)


def test_a_new_secretary_and_a_new_term_are_filed_by_themselves_and_once(ground: SmallCounty) -> None:
    held = secretary(ground)
    begun = term(committee(ground), ground)
    for _ in range(2):  # events come at least once
        handlers.file_secretary(Appointed(held.pk, held.post_id, held.post.body_id, None, "branch_secretary"), AT)
        handlers.file_term(TermBegun(begun.pk, begun.body_id, "owners_committee"), AT)
    again = open_filing(System("bodies.open_filing"), OpenFiling(what="secretary", id=held.pk), at=AT)
    assert {(one.what, one.holding_id, one.term_id) for one in Filing.objects.all()} == {
        ("secretary", held.pk, None), ("term", None, begun.pk),
    }  # fmt: skip
    assert again.level == "county"


def test_a_term_is_filed_within_thirty_days_by_law(ground: SmallCounty) -> None:
    begun = term(committee(ground), ground)
    filing = open_filing(System("bodies.open_filing"), OpenFiling(what="term", id=begun.pk), at=AT)
    clock = Clock.objects.get(matter__subject_type="bodies.filing")
    assert clock.due_at is not None
    assert (clock.limit, clock.due_at.date()) == ("30 days", date(2026, 4, 1))
    worker, street = holder("community_worker", ground.community.path), holder("street_dispatcher", ground.street.path)
    submit_filing(worker, SubmitFiling(id=filing.pk), at=AT + timedelta(days=3))
    return_filing(street, ReturnFiling(id=filing.pk, note="缺议事规则"), at=AT + timedelta(days=4))
    submit_filing(worker, SubmitFiling(id=filing.pk), at=AT + timedelta(days=5))
    with pytest.raises((Refused, NotAllowed)):
        receive_filing(worker, ReceiveFiling(id=filing.pk, receipt="备1号"), at=AT + timedelta(days=5))
    done = receive_filing(street, ReceiveFiling(id=filing.pk, receipt="备1号"), at=AT + timedelta(days=6))
    assert (done.receipt, done.filed) == ("备1号", (AT + timedelta(days=6)).date())


def test_where_the_block_files_the_method_of_the_place_says_so(ground: SmallCounty) -> None:
    Territory.objects.filter(pk=ground.county.pk).update(pack="cn-shandong-weifang-anqiu")
    filing = open_filing(System("bodies.open_filing"), OpenFiling(what="secretary", id=secretary(ground).pk), at=AT)
    assert filing.level == "block"
    submit_filing(holder("party_officer", ground.community.path), SubmitFiling(id=filing.pk), at=AT)
    with pytest.raises((Refused, NotAllowed)):
        receive_filing(holder("county_party_officer", ground.county.path), ReceiveFiling(id=filing.pk, receipt="备1号"), at=AT)
    receive_filing(holder("street_party_officer", ground.street.path), ReceiveFiling(id=filing.pk, receipt="备1号"), at=AT)
    assert Matter.objects.get(subject_type="bodies.filing").step == "done"


def test_a_secretary_from_another_source_needs_a_reason(ground: SmallCounty) -> None:
    with pytest.raises(Refused, match="secretary_source"):
        secretary(ground, source="retired")
    assert secretary(ground, source="retired", source_note="老党员，群众推荐").source_note == "老党员，群众推荐"


def test_the_chief_of_the_community_is_no_estates_secretary_where_the_place_says_so(ground: SmallCounty) -> None:
    Territory.objects.filter(pk=ground.county.pk).update(pack="cn-jiangsu")
    body = above(ground)
    post = create_post(SETUP, CreatePost(body_id=body.pk, kind="community_party_secretary"), at=AT)
    appoint(SETUP, Appoint(post_id=post.pk, name="周 正平", basis="选举结果"), at=AT)
    with pytest.raises(Refused, match="chief_as_secretary"):
        secretary(ground)


def test_a_new_term_closes_the_one_before_and_keeps_its_days(ground: SmallCounty) -> None:
    body = committee(ground)
    first = term(body, ground, date(2021, 3, 1))
    second = term(body, ground, date(2026, 3, 1))
    first.refresh_from_db()
    assert (first.ordinal, first.closed, second.ordinal, second.closed) == (1, date(2026, 3, 1), 2, None)
    with pytest.raises(Refused, match="term_order"):
        term(body, ground, date(2026, 2, 1))
    company = found_body(SETUP, FoundBody(place=ground.county.code, kind="property_company", name="某物业"), at=AT)
    with pytest.raises(Refused, match="no_terms"):
        begin_term(SETUP, BeginTerm(body_id=company.pk, basis="合同", end=date(2030, 1, 1)), at=AT)


def test_a_firms_branch_has_two_leaders_only_where_the_place_has_it_so(ground: SmallCounty) -> None:
    above_it = above(ground)
    bureau = found_body(SETUP, FoundBody(place=ground.county.code, kind="party_office", name="住建局党组"), at=AT)
    branch = found_body(
        SETUP, FoundBody(place=ground.county.code, kind="firm_party_branch", name="某物业党支部", parent_id=above_it.pk), at=AT
    )
    with pytest.raises(Refused, match="one_leader"):
        link_bodies(SETUP, LinkBodies(body_id=branch.pk, other_id=bureau.pk, kind="leads"), at=AT)
    guided = link_bodies(SETUP, LinkBodies(body_id=branch.pk, other_id=bureau.pk, kind="guides"), at=AT)
    Territory.objects.filter(pk=ground.county.pk).update(pack="cn-jiangsu-huaian-qingjiangpu")
    led = link_bodies(SETUP, LinkBodies(body_id=branch.pk, other_id=bureau.pk, kind="leads"), at=AT)
    assert led.pk != guided.pk
    officer = holder("county_officer", ground.county.path)
    assert unlink_bodies(officer, UnlinkBodies(link_id=guided.pk), at=AT).end == AT.date()
    with pytest.raises(Refused, match="link_kind"):
        link_bodies(SETUP, LinkBodies(body_id=above_it.pk, other_id=bureau.pk, kind="guides"), at=AT)


def test_a_firms_members_are_a_count_of_a_day_and_a_body_is_revised_only_where_said(ground: SmallCounty) -> None:
    firm = found_body(SETUP, FoundBody(place=ground.county.code, kind="property_company", name="某物业", phone="6620 0000"), at=AT)
    revised = revise_body(holder("county_officer", ground.county.path), ReviseBody(body_id=firm.pk, members=4), at=AT)
    assert (revised.members, revised.members_on, revised.phone) == (4, AT.date(), "6620 0000")
    with pytest.raises(Refused, match=r"bodies\.form"):
        revise_body(SETUP, ReviseBody(body_id=firm.pk, form="branch"), at=AT)
    with pytest.raises(NotAllowed):
        revise_body(holder("party_officer", ground.community.path), ReviseBody(body_id=firm.pk, members=9), at=AT)
