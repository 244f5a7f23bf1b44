import pytest

from linzhi.domains.bodies import metrics
from linzhi.domains.bodies.commands import (
    Appoint,
    CreatePost,
    FoundBody,
    ObjectToReview,
    ReviewCandidate,
    SettleObjection,
    StandAsCandidate,
    appoint,
    create_post,
    found_body,
    object_to_review,
    review_candidate,
    settle_objection,
    stand_as_candidate,
)  # fmt: skip
from linzhi.domains.bodies.models import CandidateReview
from linzhi.domains.people.commands import RecordOwners, RegisterPerson, record_owners, register_person
from linzhi.domains.people.models import Person
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.kernel.actor import Person as PersonActor
from linzhi.kernel.refused import NotAllowed, Refused

FACTS = "经核对不动产登记，名下没有本小区房屋"


def candidate(ground: SmallCounty, *, owner: bool = True) -> CandidateReview:
    worker = holder("community_worker", ground.community.path)
    if owner:
        rows = [{"dwelling_id": ground.dwellings[0].pk, "name": "李春梅", "phone": "19900000005"}]
        record_owners(worker, RecordOwners.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
        person = Person.objects.get()
    else:
        person = register_person(worker, RegisterPerson(place=ground.east.code, name="李春梅"), at=AT)
    Person.objects.filter(pk=person.pk).update(account_id=77)
    cmd = StandAsCandidate(estate=ground.east.code, person_id=person.pk, name="李春梅", capable=True)
    return stand_as_candidate(PersonActor(77), cmd, at=AT)


def test_an_owner_stands_and_passes(ground: SmallCounty) -> None:
    review = candidate(ground)
    assert review.owner
    done = review_candidate(holder("branch_secretary", ground.east.path), ReviewCandidate(review_id=review.pk, result="passed"), at=AT)
    assert (done.result, done.settled) == ("passed", AT)


def test_a_rejection_needs_a_legal_ground_and_facts_and_cannot_contradict_the_register(ground: SmallCounty) -> None:
    review = candidate(ground)
    worker = holder("community_worker", ground.community.path)
    for more in ({}, {"ground": "no_capacity"}, {"ground": "not_a_member", "reason": "不是党员"}):
        with pytest.raises(Refused, match="no_ground"):
            review_candidate(worker, ReviewCandidate.model_validate({"review_id": review.pk, "result": "rejected", **more}), at=AT)
    with pytest.raises(Refused, match="is_owner"):
        review_candidate(worker, ReviewCandidate(review_id=review.pk, result="rejected", ground="not_owner", reason=FACTS), at=AT)


def test_a_rejected_candidate_is_told_objects_and_the_street_answers(ground: SmallCounty) -> None:
    review = candidate(ground, owner=False)
    worker, street = holder("community_worker", ground.community.path), holder("street_dispatcher", ground.street.path)
    rejected = review_candidate(worker, ReviewCandidate(review_id=review.pk, result="rejected", ground="not_owner", reason=FACTS), at=AT)
    assert rejected.told == AT and rejected.settled is None
    with pytest.raises(NotAllowed):
        object_to_review(PersonActor(78), ObjectToReview(review_id=review.pk, objection="我是业主"), at=AT)
    with pytest.raises(Refused, match="no_objection"):
        settle_objection(street, SettleObjection(review_id=review.pk, upheld=True, answer="没有异议"), at=AT)
    object_to_review(PersonActor(77), ObjectToReview(review_id=review.pk, objection="房子在父母名下，刚办了过户"), at=AT)
    with pytest.raises(NotAllowed):
        settle_objection(worker, SettleObjection(review_id=review.pk, upheld=False, answer="维持"), at=AT)
    settled = settle_objection(street, SettleObjection(review_id=review.pk, upheld=True, answer="已核对过户登记"), at=AT)
    assert (settled.result, settled.settled) == ("passed", AT)


def test_standing_is_refused_twice_and_without_the_declaration(ground: SmallCounty) -> None:
    review = candidate(ground)
    again = StandAsCandidate(estate=ground.east.code, person_id=review.person_id, name="李春梅", capable=True)
    with pytest.raises(Refused, match="stands_already"):
        stand_as_candidate(PersonActor(77), again, at=AT)
    with pytest.raises(Refused, match="capacity"):
        CandidateReview.objects.all().delete()
        stand_as_candidate(PersonActor(77), again.model_copy(update={"capable": False}), at=AT)


def test_crossed_posts_are_found_from_the_posts_and_a_shared_name_is_only_a_hint(ground: SmallCounty) -> None:
    worker = holder("community_worker", ground.community.path)
    rows = [{"dwelling_id": ground.dwellings[0].pk, "name": "周正平"}]
    record_owners(worker, RecordOwners.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
    person = Person.objects.get()
    for kind, name, post, who in (
        ("party_branch", "东苑党支部", "branch_secretary", {"person_id": person.pk}),
        ("owners_committee", "东苑业委会", "committee_chair", {"person_id": person.pk}),
        ("property_company", "某物业", "property_handler", {}),
    ):
        body = found_body(SETUP, FoundBody(place=ground.east.code, kind=kind, name=name), at=AT)
        made = create_post(SETUP, CreatePost(body_id=body.pk, kind=post), at=AT)
        appoint(SETUP, Appoint.model_validate({"post_id": made.pk, "name": "周正平", "basis": "通知", **who}), at=AT)
    sure = [one for one in metrics.crossings(ground.county.path, AT.date()) if one.sure]
    assert [(one.estate, one.both_heads, one.sides) for one in sure] == [(ground.east.path, True, ("branch", "committee"))]
    assert metrics.crossings(ground.old.path, AT.date()) == []
