from datetime import timedelta

import pytest

from linzhi.domains.bodies import queries
from linzhi.domains.bodies.commands import (
    DissolveBody,
    FoundBody,
    SetCompetences,
    SetServiceArea,
    dissolve_body,
    found_body,
    set_competences,
    set_service_area,
)  # fmt: skip
from linzhi.domains.bodies.tests.posts import body, fill, post
from linzhi.domains.places.tests.ground import AT, SETUP, TODAY, SmallCounty, holder
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.actor import ANONYMOUS, Actor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

LATER = AT + timedelta(days=5)


@pytest.fixture
def officer(ground: SmallCounty) -> Actor:
    return holder("county_officer", ground.county.path)


def test_a_county_officer_founds_bodies_in_the_own_county_only(ground: SmallCounty, officer: Actor) -> None:
    made = found_body(officer, FoundBody(place=ground.east.code, kind="party_branch", name="东苑党支部"), at=AT)
    assert made.path == ground.east.path and made.begin == TODAY
    with pytest.raises(NotAllowed):
        found_body(officer, FoundBody(place="980100", kind="department", name="市局"), at=AT)
    with pytest.raises(NotAllowed):
        cmd = FoundBody(place=ground.east.code, kind="party_branch", name="x")
        found_body(holder("community_worker", ground.community.path), cmd, at=AT)


def test_a_body_is_refused_with_an_unknown_kind_at_a_wrong_level_twice_or_under_nobody(ground: SmallCounty, officer: Actor) -> None:
    body(ground.community.code, "residents_committee", "甲社区")
    body(ground.county.code, "department", "区城管局")
    for place, kind, name, parent, refusal in (
        (ground.east.code, "guild", "x", None, "unknown_word"),
        (ground.east.code, "street_office", "x", None, r"bodies\.level"),
        (ground.community.code, "residents_committee", "另一个", None, "already_one"),
        (ground.county.code, "department", "区城管局", None, "name_taken"),
        (ground.east.code, "party_branch", "x", 0, "not_found"),
    ):
        with pytest.raises(Refused, match=refusal):
            found_body(officer, FoundBody(place=place, kind=kind, name=name, parent_id=parent), at=AT)


def test_the_nearest_competent_department_comes_first(ground: SmallCounty, officer: Actor) -> None:
    bureau = body(ground.county.code, "department", "区城管局")
    squad = body(ground.street.code, "department", "一街城管中队")
    for made in (bureau, squad):
        set_competences(officer, SetCompetences(body_id=made.pk, codes=("urban_management", "sanitation")), at=AT)
    assert queries.competent_bodies(ground.east.path, "urban_management", AT) == [squad, bureau]
    assert queries.competent_bodies(ground.far.path, "urban_management", AT) == [bureau]
    set_competences(officer, SetCompetences(body_id=squad.pk, codes=("sanitation", "police")), at=LATER)
    assert queries.competent_bodies(ground.east.path, "urban_management", LATER) == [bureau]
    assert queries.competent_bodies(ground.east.path, "urban_management", LATER - timedelta(days=1)) == [squad, bureau]
    assert queries.competences(squad.pk, LATER.date()) == ["police", "sanitation"]


def test_competences_are_refused_for_other_bodies_unknown_codes_and_other_actors(ground: SmallCounty, officer: Actor) -> None:
    firm = body(ground.county.code, "property_company", "甲物业")
    bureau = body(ground.county.code, "department", "区城管局")
    with pytest.raises(Refused, match="not_department"):
        set_competences(officer, SetCompetences(body_id=firm.pk, codes=()), at=AT)
    with pytest.raises(Refused, match="unknown_word"):
        set_competences(officer, SetCompetences(body_id=bureau.pk, codes=("magic",)), at=AT)
    with pytest.raises(NotAllowed):
        set_competences(holder("street_dispatcher", ground.street.path), SetCompetences(body_id=bureau.pk, codes=()), at=AT)
    with pytest.raises(NotFound):
        set_competences(officer, SetCompetences(body_id=0, codes=()), at=AT)


def test_a_firm_serves_its_estates_and_its_handlers_power_follows(ground: SmallCounty, officer: Actor) -> None:
    firm = body(ground.county.code, "property_company", "甲物业")
    desk = post(firm, "property_handler")
    holding = fill(desk)
    assert queries.bodies_for(ground.east.path, "property_company", AT) == []
    set_service_area(officer, SetServiceArea(body_id=firm.pk, places=(ground.east.code,)), at=AT)
    assert queries.bodies_for(ground.buildings[0].path, "property_company", AT) == [firm]
    assert queries.answering(ground.east.path, "property", AT) == [firm]
    set_service_area(officer, SetServiceArea(body_id=firm.pk, places=(ground.old.code,)), at=LATER)
    assert queries.serves(firm.pk, ground.old.path, LATER) and not queries.serves(firm.pk, ground.east.path, LATER)
    assert queries.serves(firm.pk, ground.east.path, AT)
    assert queries.served_paths(firm.pk, LATER.date()) == [ground.old.path]
    reach = Powers(Actor("person", holding.account_id), AT + timedelta(hours=1)).grants["property_handler"]
    assert [grant.path for grant in reach] == [ground.east.path]
    reach = Powers(Actor("person", holding.account_id), LATER).grants["property_handler"]
    assert [grant.path for grant in reach] == [ground.old.path]


def test_one_estate_has_one_firm_at_a_time(ground: SmallCounty, officer: Actor) -> None:
    one, two = (body(ground.county.code, "property_company", name) for name in ("甲物业", "乙物业"))
    set_service_area(officer, SetServiceArea(body_id=one.pk, places=(ground.east.code,)), at=AT)
    for code in (ground.east.code, ground.buildings[0].code):
        with pytest.raises(Refused, match="served_by_another"):
            set_service_area(officer, SetServiceArea(body_id=two.pk, places=(code,)), at=AT)
    set_service_area(officer, SetServiceArea(body_id=one.pk, places=()), at=LATER)
    set_service_area(officer, SetServiceArea(body_id=two.pk, places=(ground.east.code,)), at=LATER)
    assert queries.bodies_for(ground.east.path, "property_company", LATER) == [two]


def test_service_areas_are_refused_across_counties_for_the_dissolved_and_for_others(ground: SmallCounty, officer: Actor) -> None:
    firm = body(ground.county.code, "property_company", "甲物业")
    with pytest.raises(Refused, match="other_county"):
        set_service_area(officer, SetServiceArea(body_id=firm.pk, places=("980100",)), at=AT)
    with pytest.raises(NotAllowed):
        set_service_area(holder("property_handler", ground.county.path), SetServiceArea(body_id=firm.pk, places=()), at=AT)
    dissolve_body(officer, DissolveBody(body_id=firm.pk, basis="注销通知"), at=AT)
    with pytest.raises(Refused, match=r"bodies\.dissolved"):
        set_service_area(SETUP, SetServiceArea(body_id=firm.pk, places=()), at=AT)


def test_dissolving_a_body_ends_everything_that_hung_on_it(ground: SmallCounty, officer: Actor) -> None:
    firm = body(ground.county.code, "property_company", "甲物业")
    set_service_area(officer, SetServiceArea(body_id=firm.pk, places=(ground.east.code,)), at=AT)
    holding = fill(post(firm, "property_handler"))
    dissolve_body(officer, DissolveBody(body_id=firm.pk, basis="注销通知"), at=LATER)
    holding.refresh_from_db()
    assert (holding.end, holding.ended_reason) == (LATER, "dissolved")
    assert not Grant.objects.filter(body_id=firm.pk).exclude(end__lte=LATER).exists()
    assert queries.bodies_for(ground.east.path, "property_company", LATER) == []
    assert queries.posts(firm.pk, LATER) == [] and len(queries.posts(firm.pk, AT)) == 1
    assert firm not in queries.bodies(Powers(ANONYMOUS, LATER)) and firm in queries.bodies(Powers(ANONYMOUS, AT))


def test_dissolving_is_refused_twice_with_bodies_below_and_by_others(ground: SmallCounty, officer: Actor) -> None:
    office = body(ground.street.code, "street_office", "一街办")
    below = body(ground.community.code, "residents_committee", "甲社区", parent_id=office.pk)
    with pytest.raises(Refused, match="has_children"):
        dissolve_body(officer, DissolveBody(body_id=office.pk, basis="通知"), at=AT)
    with pytest.raises(NotAllowed):
        dissolve_body(SETUP, DissolveBody(body_id=below.pk, basis="通知"), at=AT)
    dissolve_body(officer, DissolveBody(body_id=below.pk, basis="通知"), at=AT)
    with pytest.raises(Refused, match=r"bodies\.dissolved"):
        dissolve_body(officer, DissolveBody(body_id=below.pk, basis="通知"), at=AT)


def test_who_serves_an_estate_is_listed_nearest_first(ground: SmallCounty) -> None:
    county = body(ground.county.code, "county_office", "区治理办")
    street = body(ground.street.code, "street_office", "一街办")
    community = body(ground.community.code, "residents_committee", "甲社区")
    branch = body(ground.east.code, "party_branch", "东苑党支部")
    wide = body(ground.community.code, "party_branch", "联合党支部")
    set_service_area(SETUP, SetServiceArea(body_id=wide.pk, places=(ground.old.code,)), at=AT)
    assert queries.bodies_for(ground.east.path, None, AT) == [branch, community, street, county]
    assert queries.estate_bodies(ground.old.path, AT)["party_branch"] == wide
    assert queries.bodies(Powers(ANONYMOUS, AT), kind="party_branch", path=ground.east.path) == [branch]
    assert queries.body_names([branch.pk, None, 0]) == {branch.pk: "东苑党支部"}
