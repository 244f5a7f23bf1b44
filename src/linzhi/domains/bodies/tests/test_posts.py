from datetime import datetime, timedelta

import pytest

from linzhi.domains.bodies import handlers, queries
from linzhi.domains.bodies.commands import Appoint, CreatePost, EndHolding, FollowGrid, appoint, create_post, end_holding, follow_grid
from linzhi.domains.bodies.tests.posts import account, body, fill, post
from linzhi.domains.people.commands import (
    EndOwnership,
    LinkAccount,
    RecordOwnership,
    RegisterPerson,
    end_ownership,
    link_account,
    record_ownership,
    register_person,
)  # fmt: skip
from linzhi.domains.people.events import AccountLinked, OwnershipEnded
from linzhi.domains.places.commands import CreateGrid, RedrawGrid, create_grid, redraw_grid
from linzhi.domains.places.events import GridRedrawn
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

LATER = AT + timedelta(days=5)
MOMENT = timedelta(microseconds=1)


def roles(account_id: int | None, at: datetime) -> dict[str, list[str]]:
    """What the account may do where, at a moment."""
    found = Powers(Actor("person", account_id), at).grants
    return {role: sorted(grant.path for grant in grants) for role, grants in found.items()}


def test_power_begins_and_ends_with_the_post(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker")
    holding = fill(desk)
    assert roles(holding.account_id, AT - MOMENT) == {}
    assert roles(holding.account_id, AT) == {"community_worker": [ground.community.path]}
    end_holding(holder("county_officer", ground.county.path), EndHolding(holding_id=holding.pk, reason="moved"), at=LATER)
    assert roles(holding.account_id, LATER - MOMENT) == {"community_worker": [ground.community.path]}
    assert roles(holding.account_id, LATER) == {}
    assert queries.members(desk.body_id, "community_worker", AT) == [holding.account_id]
    assert queries.members(desk.body_id, None, LATER) == []
    assert queries.vacant_posts(ground.county.path, LATER) == [desk] and queries.vacant_posts(ground.county.path, AT) == []
    assert len(queries.holdings(desk.pk)) == 1


def test_a_term_ends_by_itself_and_power_is_never_given_backwards(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker")
    holding = fill(desk, begin=AT - timedelta(days=100), end=LATER)
    assert roles(holding.account_id, AT - MOMENT) == {}
    assert roles(holding.account_id, LATER - MOMENT) != {}
    assert roles(holding.account_id, LATER) == {}
    following = fill(desk, begin=LATER)
    assert roles(following.account_id, LATER - MOMENT) == {} and roles(following.account_id, LATER) != {}


def test_of_two_holders_only_the_one_who_leaves_loses_power(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker", seats=2)
    one, two = fill(desk), fill(desk)
    end_holding(holder("administrator", ground.county.path), EndHolding(holding_id=one.pk, reason="removed"), at=LATER)
    assert roles(one.account_id, LATER) == {}
    for moment in (AT, LATER - MOMENT, LATER, LATER + MOMENT):
        assert roles(two.account_id, moment) == {"community_worker": [ground.community.path]}


def test_a_post_is_refused_in_the_wrong_body_without_its_reach_or_outside(ground: SmallCounty) -> None:
    community = body(ground.community.code, "residents_committee", "甲社区")
    grid = create_grid(SETUP, CreateGrid(community=ground.other.code, code="W9", name="外"), at=AT)
    post(community, "community_chief")
    for kind, more, refusal in (
        ("property_handler", {}, "post_kind"),
        ("wizard", {}, "post_kind"),
        ("grid_worker", {}, r"bodies\.reach"),
        ("building_head", {}, r"bodies\.reach"),
        ("community_worker", {"places": (ground.east.code,)}, r"bodies\.reach"),
        ("grid_worker", {"grid_id": grid.pk}, r"bodies\.outside"),
        ("building_head", {"places": (ground.far.code,)}, r"bodies\.outside"),
        ("grid_worker", {"grid_id": 0}, "not_found"),
        ("community_chief", {}, r"bodies\.post_there"),
    ):
        with pytest.raises(Refused, match=refusal):
            post(community, kind, **more)


def test_a_community_makes_and_fills_the_posts_nearest_to_the_people_and_no_others(ground: SmallCounty) -> None:
    community = body(ground.community.code, "residents_committee", "甲社区")
    worker = holder("community_worker", ground.community.path)
    head = create_post(worker, CreatePost(body_id=community.pk, kind="building_head", places=(ground.buildings[0].code,)), at=AT)
    holding = appoint(worker, Appoint(post_id=head.pk, name="孙桂芳", basis="推选记录", account_id=account()), at=AT)
    assert roles(holding.account_id, AT) == {"building_head": [ground.buildings[0].path]}
    end_holding(worker, EndHolding(holding_id=holding.pk, reason="moved"), at=LATER)
    with pytest.raises(NotAllowed):
        create_post(worker, CreatePost(body_id=community.pk, kind="community_worker"), at=AT)
    desk = post(community, "community_worker")
    with pytest.raises(NotAllowed):
        appoint(worker, Appoint(post_id=desk.pk, name="某人", basis="x", account_id=account()), at=AT)
    with pytest.raises(NotAllowed):
        cmd = Appoint(post_id=head.pk, name="某人", basis="x", account_id=account())
        appoint(holder("community_worker", ground.other.path), cmd, at=LATER)


def test_only_an_administrator_makes_administrators(ground: SmallCounty) -> None:
    desk = post(body(ground.county.code, "county_office", "区治理办"), "administrator", seats=3)
    cmd = Appoint(post_id=desk.pk, name="某人", basis="通知", account_id=account())
    with pytest.raises(NotAllowed):
        appoint(holder("county_officer", ground.county.path), cmd, at=AT)
    holding = appoint(holder("administrator", ground.county.path), cmd, at=AT)
    with pytest.raises(NotAllowed):
        end_holding(holder("county_officer", ground.county.path), EndHolding(holding_id=holding.pk, reason="removed"), at=AT)


def test_an_appointment_is_refused_when_filled_ended_upside_down_or_of_nobody(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker")
    holding = fill(desk)
    free = post(desk.body, "community_worker", title="第二受理岗", seats=5)
    for vacant, more, refusal in (
        (desk, {}, "post_filled"),
        (free, {"end": AT}, r"bodies\.term"),
        (free, {"account_id": 0}, "not_found"),
        (free, {"person_id": 0}, "not_found"),
    ):
        with pytest.raises(Refused, match=refusal):
            fill(vacant, **more)
    twice = post(desk.body, "community_worker", title="第三受理岗", seats=2)
    fill(twice, account_id=holding.account_id)
    with pytest.raises(Refused, match="holds_it"):
        fill(twice, account_id=holding.account_id)
    with pytest.raises(NotFound):
        appoint(SETUP, Appoint(post_id=0, name="某人", basis="x", account_id=holding.account_id), at=AT)


def test_nobody_appoints_itself(ground: SmallCounty) -> None:
    own = account()
    Grant.objects.create(account_id=own, role="county_officer", path=ground.county.path, begin=AT)
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker")
    with pytest.raises(Refused, match="appoints_itself"):
        appoint(Actor("person", own), Appoint(post_id=desk.pk, name="某人", basis="x", account_id=own), at=AT)


def test_a_holder_may_resign_but_give_no_other_reason(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker")
    holding = fill(desk)
    own = Actor("person", holding.account_id)
    with pytest.raises(Refused, match="only_resign"):
        end_holding(own, EndHolding(holding_id=holding.pk, reason="term"), at=LATER)
    with pytest.raises(NotAllowed):
        end_holding(holder("grid_worker", ground.community.path), EndHolding(holding_id=holding.pk, reason="resigned"), at=LATER)
    end_holding(own, EndHolding(holding_id=holding.pk, reason="resigned"), at=LATER)
    with pytest.raises(Refused, match="holding_ended"):
        end_holding(own, EndHolding(holding_id=holding.pk, reason="resigned"), at=LATER)
    with pytest.raises(Refused, match="unknown_word"):
        end_holding(holder("administrator", ground.county.path), EndHolding(holding_id=holding.pk, reason="whim"), at=LATER)
    with pytest.raises(NotFound):
        end_holding(own, EndHolding(holding_id=0, reason="resigned"), at=LATER)


def test_an_owners_seat_needs_ownership_and_ends_with_it(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    person = register_person(worker, RegisterPerson(place=ground.east.code, name="李春梅"), at=AT)
    seat = post(body(ground.east.code, "owners_committee", "东苑业委会"), "committee_member")
    own = account("李春梅")
    for more in ({"account_id": own}, {"person_id": person.pk, "account_id": own}):
        with pytest.raises(Refused, match="not_owner"):
            fill(seat, **more)
    ownership = record_ownership(worker, RecordOwnership(person_id=person.pk, dwelling_id=ground.dwellings[0].pk), at=AT)
    holding = fill(seat, person_id=person.pk)
    assert holding.account_id is None and not Grant.objects.filter(post_id=seat.pk).exists()
    link_account(worker, LinkAccount(person_id=person.pk, account_id=own, how="in_person"), at=AT)
    for _ in range(2):
        handlers.give_power(AccountLinked(person.pk, own), AT)
    assert roles(own, AT) == {"committee_member": [ground.east.path]}
    end_ownership(worker, EndOwnership(ownership_id=ownership.pk), at=LATER)
    for _ in range(2):
        handlers.end_for_lack_of_ownership(OwnershipEnded(person.pk, ownership.path), LATER)
    holding.refresh_from_db()
    assert holding.ended_reason == "condition" and roles(own, LATER) == {} and roles(own, LATER - MOMENT) != {}


def test_an_account_of_another_person_cannot_take_the_post(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    person = register_person(worker, RegisterPerson(place=ground.east.code, name="李春梅"), at=AT)
    link_account(worker, LinkAccount(person_id=person.pk, account_id=account(), how="in_person"), at=AT)
    head = post(body(ground.community.code, "residents_committee", "甲社区"), "building_head", places=(ground.buildings[0].code,))
    with pytest.raises(Refused, match="account_of_another"):
        fill(head, person_id=person.pk, account_id=account())
    assert fill(head, person_id=person.pk).account_id is not None


def test_power_over_a_grid_follows_its_borders(ground: SmallCounty) -> None:
    one, two = ground.buildings
    grid = create_grid(SETUP, CreateGrid(community=ground.community.code, code="W1", name="第1网格", parts=(one.code,)), at=AT)
    beat = post(body(ground.community.code, "residents_committee", "甲社区"), "grid_worker", grid_id=grid.pk)
    holding = fill(beat)
    redraw_grid(SETUP, RedrawGrid(grid_id=grid.pk, parts=(two.code,)), at=LATER)
    for _ in range(2):
        handlers.follow_borders(GridRedrawn(grid.pk, grid.path), LATER)
    assert roles(holding.account_id, LATER - MOMENT) == {"grid_worker": [one.path]}
    assert roles(holding.account_id, LATER) == {"grid_worker": [two.path]}
    assert [held.paths for held in queries.posts_of(holding.account_id or 0, LATER)] == [(two.path,)]
    assert [held.paths for held in queries.posts_of(holding.account_id or 0, AT)] == [(one.path,)]
    with pytest.raises(NotAllowed):
        follow_grid(holder("administrator", ground.county.path), FollowGrid(grid_id=grid.pk), at=LATER)


def test_an_account_sees_its_posts_as_people_say_them(ground: SmallCounty) -> None:
    desk = post(body(ground.community.code, "residents_committee", "甲社区"), "community_worker", title="受理岗")
    holding = fill(desk)
    [held] = queries.posts_of(holding.account_id or 0, AT)
    assert (held.label, held.role, held.paths) == ("甲社区受理岗", "community_worker", (ground.community.path,))


def test_the_cards_of_an_estate_show_who_to_turn_to(ground: SmallCounty) -> None:
    one, two = ground.buildings
    community = body(ground.community.code, "residents_committee", "甲社区", phone="6620 0001", hours="周一至周五")
    fill(post(community, "community_worker", title="受理岗"), name="赵文静")
    grid = create_grid(SETUP, CreateGrid(community=ground.community.code, code="W1", name="第1网格", parts=(one.code,)), at=AT)
    fill(post(community, "grid_worker", grid_id=grid.pk, phone="6620 0002"), name="林晓梅")
    fill(post(community, "building_head", title="2幢楼栋长", places=(two.code,)), name="孙桂芳")
    post(body(ground.east.code, "party_branch", "东苑党支部"), "branch_secretary", title="书记")
    fill(post(body(ground.county.code, "department", "区城管局"), "department_handler"))
    cards = [(card.title, card.name, card.phone, card.reach) for card in queries.contacts(ground.east.path, AT)]
    assert cards == [
        ("书记", "", "", ""),
        ("网格员", "林晓梅", "6620 0002", "1幢"),
        ("2幢楼栋长", "孙桂芳", "6620 0001", ""),
        ("受理岗", "赵文静", "6620 0001", ""),
    ]
    assert [card.name for card in queries.contacts(two.path, AT)] == ["", "孙桂芳", "赵文静"]
    assert queries.contacts(ground.far.path, AT) == []
