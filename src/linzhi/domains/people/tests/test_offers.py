from datetime import timedelta
from typing import Any

import pytest

from linzhi.domains.people import handlers, queries
from linzhi.domains.people.commands import (
    CheckIn,
    CheckOut,
    MoveIn,
    OfferSkill,
    RegisterPerson,
    WithdrawSkill,
    check_in,
    check_out,
    move_in,
    offer_skill,
    register_person,
    withdraw_skill,
)  # fmt: skip
from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.people.models import CheckIn as CheckedIn
from linzhi.domains.people.models import Person, SkillOffer
from linzhi.domains.people.rules import SKILLS
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.consents.commands import Give, Withdraw, give, withdraw
from linzhi.foundation.consents.events import ConsentWithdrawn
from linzhi.foundation.consents.models import Consent
from linzhi.kernel.actor import ANONYMOUS, Actor
from linzhi.kernel.actor import Person as PersonActor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def person(ground: SmallCounty, worker: Actor) -> Person:
    made = register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰"), at=AT)
    move_in(worker, MoveIn(person_id=made.pk, dwelling_id=ground.dwellings[0].pk, kind="tenant"), at=AT)
    Person.objects.filter(pk=made.pk).update(account_id=77)
    return Person.objects.get(pk=made.pk)


def offer(ground: SmallCounty, person: Person, **more: Any) -> OfferSkill:
    data = {"person_id": person.pk, "estate": ground.east.code, "field": "维修", "words": "会修水管", "agreed": True, **more}
    return OfferSkill.model_validate(data)


def test_a_resident_offers_a_skill_and_takes_it_back_at_once(ground: SmallCounty, text: None, person: Person) -> None:
    own = PersonActor(77)
    made = offer_skill(own, offer(ground, person), at=AT)
    assert offer_skill(own, offer(ground, person, words="修水管、换灯"), at=AT).pk == made.pk
    gone = withdraw_skill(own, WithdrawSkill(offer_id=made.pk), at=AT + timedelta(days=3))
    assert gone.end is not None and (gone.words, gone.hours) == ("", "")
    assert not SkillOffer.objects.filter(end=None).exists()


def test_the_shipped_text_is_published_once_and_without_any_text_nothing_is_offered(ground: SmallCounty, person: Person) -> None:
    with pytest.raises(Refused, match="no_consent_text"):
        offer_skill(PersonActor(77), offer(ground, person), at=AT)
    assert (ship_texts(AT), ship_texts(AT)) == (1, 0)
    made = offer_skill(PersonActor(77), offer(ground, person), at=AT)
    assert Consent.objects.get(pk=made.consent_id).how == "own"


def test_an_offer_ends_with_the_consent_it_rests_on_and_one_made_anew_stays(
    ground: SmallCounty, text: None, person: Person, worker: Actor
) -> None:
    """By the account or by what a worker wrote down: who takes the consent back is found no more, from that moment."""
    own, later = PersonActor(77), AT + timedelta(days=2)
    for actor, field in ((worker, "维修"), (own, "调解")):
        offer_skill(actor, offer(ground, person, field=field), at=AT)
    give(own, Give(subject="accounts.account:77", purpose=SKILLS, version=1), at=AT + timedelta(days=1))
    withdraw(own, Withdraw(subject="accounts.account:77", purpose=SKILLS), at=later)
    event = ConsentWithdrawn(Consent.objects.get(account_id=77).pk, "accounts.account:77", SKILLS)
    again = AT + timedelta(days=3)
    assert handlers.rests_on_consent(event)
    withdraw(worker, Withdraw(subject=f"people.person:{person.pk}", purpose=SKILLS), at=later)
    assert queries.skills(Powers(own, later), ground.east.path) == []
    offer_skill(own, offer(ground, person, field="教育"), at=again)
    for _twice in range(2):
        handlers.end_skills(event, again)
    assert [(one.field, one.words) for one in SkillOffer.objects.filter(end=None)] == [("教育", "会修水管")]
    assert [one.field for one in queries.skills(Powers(own, again), ground.east.path)] == ["教育"]


def test_a_skill_is_refused_without_agreement_off_the_list_or_elsewhere(
    ground: SmallCounty, text: None, person: Person, worker: Actor
) -> None:
    for more, code in (
        ({"agreed": False}, "not_agreed"),
        ({"field": "算命"}, "unknown_word"),
        ({"estate": ground.old.code}, "not_at_home"),
    ):
        with pytest.raises(Refused, match=code):
            offer_skill(worker, offer(ground, person, **more), at=AT)
    for stranger in (PersonActor(78), holder("property_handler", ground.east.path), holder("community_worker", ground.other.path)):
        with pytest.raises(NotAllowed):
            offer_skill(stranger, offer(ground, person), at=AT)


def test_a_rider_checks_in_without_an_account_renews_and_is_deleted_by_the_receipt(ground: SmallCounty) -> None:
    cmd = CheckIn(place=ground.east.code, occupation="rider", name="赵一", phone="199 0000 0009", wishes=("rest", "rest", "volunteer"))
    made = check_in(ANONYMOUS, cmd, at=AT)
    assert made.wishes == ["rest", "volunteer"] and made.phone.masked == "199****0009"
    assert check_in(ANONYMOUS, cmd, at=AT).number == made.number
    check_out(ANONYMOUS, CheckOut(number=made.number.lower()), at=AT)
    assert not CheckedIn.objects.exists()
    with pytest.raises(NotFound):
        check_out(ANONYMOUS, CheckOut(number=made.number), at=AT)


def test_a_check_in_is_refused_with_an_unknown_occupation_or_above_a_community(ground: SmallCounty) -> None:
    with pytest.raises(Refused, match="unknown_word"):
        check_in(ANONYMOUS, CheckIn(place=ground.east.code, occupation="spy"), at=AT)
    with pytest.raises(Refused, match=r"people\.place"):
        check_in(ANONYMOUS, CheckIn(place=ground.county.code, occupation="rider"), at=AT)
