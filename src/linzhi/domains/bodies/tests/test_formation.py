from datetime import timedelta

import pytest

from linzhi.domains.bodies.commands import (
    AbandonFormation,
    ApplyFormation,
    ApproveFormation,
    FileFormation,
    FoundBody,
    NameSecretary,
    OpenFormation,
    ReturnFormation,
    abandon_formation,
    apply_formation,
    approve_formation,
    file_formation,
    found_body,
    name_secretary,
    open_formation,
    return_formation,
)  # fmt: skip
from linzhi.domains.bodies.models import Body, Formation, Holding
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.flow.models import Matter, Task
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, Refused


@pytest.fixture
def party(ground: SmallCounty) -> dict[str, Actor]:
    return {
        "community": holder("party_officer", ground.community.path),
        "street": holder("street_party_officer", ground.street.path),
        "county": holder("county_party_officer", ground.county.path),
    }


@pytest.fixture
def formation(ground: SmallCounty, party: dict[str, Actor]) -> Formation:
    above(ground)
    members(ground, 3)
    return open_formation(party["community"], OpenFormation(estate=ground.east.code), at=AT)


def liudong(ground: SmallCounty) -> None:
    Territory.objects.filter(pk=ground.county.pk).update(pack="cn-guangxi-liuzhou-liudong")


def step(formation: Formation) -> str:
    return Matter.objects.get(subject_type="bodies.formation", subject_id=formation.pk).step


def test_candidate_application_approval_and_filing_found_the_branch_with_its_secretary(
    formation: Formation, party: dict[str, Actor], ground: SmallCounty
) -> None:
    name_secretary(party["community"], NameSecretary(id=formation.pk, secretary="周正平", source="community_key_member"), at=AT)
    apply_formation(party["community"], ApplyFormation(id=formation.pk), at=AT)
    return_formation(party["street"], ReturnFormation(id=formation.pk, note="请补会议纪要"), at=AT)
    apply_formation(party["community"], ApplyFormation(id=formation.pk), at=AT)
    assert not Body.objects.filter(kind="party_branch").exists()
    approve_formation(party["street"], ApproveFormation(id=formation.pk, approval="一街党发〔2026〕7号"), at=AT)
    body = Body.objects.get(kind="party_branch")
    assert (body.path, body.parent_id, body.number) == (ground.east.path, formation.parent_id, "一街党发〔2026〕7号")
    assert Holding.objects.get(post__body=body).name == "周正平"
    assert step(formation) == "file"
    file_formation(party["county"], FileFormation(id=formation.pk, filing_number="党群备〔2026〕3号"), at=AT + timedelta(days=1))
    formation.refresh_from_db()
    assert (step(formation), formation.filing_number, formation.closed) == ("done", "党群备〔2026〕3号", AT + timedelta(days=1))
    assert not Task.objects.filter(matter__subject_type="bodies.formation", done_at__isnull=True).exists()


def test_where_a_secretary_comes_first_the_community_cannot_apply_without_one(ground: SmallCounty, party: dict[str, Actor]) -> None:
    liudong(ground)
    above(ground)
    members(ground, 3)
    formation = open_formation(party["community"], OpenFormation(estate=ground.east.code), at=AT)
    with pytest.raises(Refused, match="secretary_first"):
        apply_formation(party["community"], ApplyFormation(id=formation.pk), at=AT)
    with pytest.raises(Refused, match="secretary_source"):
        name_secretary(party["community"], NameSecretary(id=formation.pk, secretary="周正平", source="first_secretary"), at=AT)
    name_secretary(party["community"], NameSecretary(id=formation.pk, secretary="周正平", source="resident_member"), at=AT)
    apply_formation(party["community"], ApplyFormation(id=formation.pk), at=AT)
    assert Matter.objects.get(subject_type="bodies.formation").version.key == "cn-guangxi-liuzhou-liudong/formation"


def test_each_step_is_its_own_levels(formation: Formation, party: dict[str, Actor]) -> None:
    with pytest.raises((Refused, NotAllowed)):
        apply_formation(party["street"], ApplyFormation(id=formation.pk), at=AT)
    apply_formation(party["community"], ApplyFormation(id=formation.pk), at=AT)
    for who in ("community", "county"):
        with pytest.raises((Refused, NotAllowed)):
            approve_formation(party[who], ApproveFormation(id=formation.pk, approval="某号"), at=AT)
    with pytest.raises(Refused):
        file_formation(party["county"], FileFormation(id=formation.pk, filing_number="某号"), at=AT)


def test_opening_is_refused_twice_without_members_without_a_parent_and_under_a_branch(ground: SmallCounty, party: dict[str, Actor]) -> None:
    with pytest.raises(Refused, match="no_parent"):
        open_formation(party["community"], OpenFormation(estate=ground.east.code), at=AT)
    body = above(ground)
    with pytest.raises(Refused, match="not_eligible"):
        open_formation(party["community"], OpenFormation(estate=ground.east.code), at=AT)
    Body.objects.filter(pk=body.pk).update(form="branch")
    with pytest.raises(Refused, match="branch_under_branch"):
        open_formation(party["community"], OpenFormation(estate=ground.east.code, exception="街道要求"), at=AT)
    open_formation(party["community"], OpenFormation(estate=ground.east.code, kind="party_group"), at=AT)
    with pytest.raises(Refused, match="formation_open"):
        open_formation(party["community"], OpenFormation(estate=ground.east.code, kind="party_group"), at=AT)


def test_a_second_branch_needs_a_reason_which_is_kept(ground: SmallCounty, party: dict[str, Actor]) -> None:
    parent = above(ground)
    members(ground, 3)
    found_body(SETUP, FoundBody(place=ground.east.code, kind="party_branch", name="东苑党支部", parent_id=parent.pk), at=AT)
    with pytest.raises(Refused, match="second_branch"):
        open_formation(party["community"], OpenFormation(estate=ground.east.code), at=AT)
    made = open_formation(party["community"], OpenFormation(estate=ground.east.code, name="东苑第二党支部", exception="跨河两片"), at=AT)
    assert made.eligibility["exception"] == "跨河两片"


def test_what_comes_to_nothing_is_ended_with_a_reason(formation: Formation, party: dict[str, Actor]) -> None:
    with pytest.raises(Refused):
        abandon_formation(party["community"], AbandonFormation(id=formation.pk), at=AT)
    abandon_formation(party["community"], AbandonFormation(id=formation.pk, note="两名党员已搬走"), at=AT)
    matter = Matter.objects.get(subject_type="bodies.formation")
    assert (matter.step, matter.family, matter.outcome) == ("abandoned", "unfixed", "abandoned")


def test_a_body_stands_under_one_of_the_right_kind(ground: SmallCounty) -> None:
    parent = above(ground, "branch")
    with pytest.raises(Refused, match="branch_under_branch"):
        found_body(SETUP, FoundBody(place=ground.east.code, kind="party_branch", name="东苑党支部", parent_id=parent.pk), at=AT)
    group = found_body(SETUP, FoundBody(place=ground.east.code, kind="party_group", name="东苑党小组", parent_id=parent.pk), at=AT)
    with pytest.raises(Refused, match="parent_kind"):
        found_body(SETUP, FoundBody(place=ground.old.code, kind="party_branch", name="旧里党支部", parent_id=group.pk), at=AT)
