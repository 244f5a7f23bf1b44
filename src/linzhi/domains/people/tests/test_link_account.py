import pytest

from linzhi.domains.people import handlers, queries
from linzhi.domains.people.commands import LinkAccount, RegisterPerson, link_account, register_person
from linzhi.domains.people.models import Person
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.accounts.commands import LinkPhone, SignUp, link_phone, sign_up
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.actor import Actor, System
from linzhi.kernel.actor import Person as Someone
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

PHONE = "19900000001"


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def person(ground: SmallCounty, worker: Actor) -> Person:
    return register_person(worker, RegisterPerson(place=ground.east.code, name="王秀兰", phone=PHONE), at=AT)


def account(phone: str = PHONE, *, verified: bool = True) -> Account:
    made = sign_up(System("accounts.sign_up"), SignUp(phone=phone), at=AT)
    if verified:
        made = link_phone(System("accounts.verify_phone"), LinkPhone(account_id=made.pk, phone=phone), at=AT)
    return made


def heard(own: Account) -> None:
    handlers.link_by_phone(PhoneLinked(own.pk, own.phone_index or ""), AT)


def test_a_verified_phone_links_the_one_person_who_has_it_and_again_changes_nothing(person: Person) -> None:
    own = account()
    heard(own)
    heard(own)
    assert queries.account_of(person.pk) == own.pk
    assert queries.person_of(own.pk, person.path) == person.pk


def test_a_phone_of_two_persons_links_nobody(ground: SmallCounty, worker: Actor, person: Person) -> None:
    register_person(worker, RegisterPerson(place=ground.east.code, name="李守义", phone=PHONE), at=AT)
    heard(account())
    assert queries.account_of(person.pk) is None


def test_a_worker_links_face_to_face_in_the_own_community_only(ground: SmallCounty, worker: Actor, person: Person) -> None:
    cmd = LinkAccount(person_id=person.pk, account_id=account("19900000002").pk, how="in_person")
    with pytest.raises(NotAllowed):
        link_account(holder("community_worker", ground.other.path), cmd, at=AT)
    with pytest.raises(NotAllowed):
        link_account(holder("grid_worker", ground.community.path), cmd, at=AT)
    assert link_account(worker, cmd, at=AT).account_id == cmd.account_id
    assert link_account(worker, cmd, at=AT).account_id == cmd.account_id


def test_linking_is_refused_without_proof_to_another_or_to_nobody(ground: SmallCounty, worker: Actor, person: Person) -> None:
    job = System("people.link_by_phone")
    for own in (account(verified=False), account("19900000003")):
        with pytest.raises(Refused, match="phone_differs"):
            link_account(job, LinkAccount(person_id=person.pk, account_id=own.pk, how="phone"), at=AT)
    with pytest.raises(NotFound):
        link_account(worker, LinkAccount(person_id=person.pk, account_id=0, how="in_person"), at=AT)
    with pytest.raises(NotFound):
        link_account(worker, LinkAccount(person_id=0, account_id=1, how="in_person"), at=AT)
    own = account("19900000004")
    link_account(worker, LinkAccount(person_id=person.pk, account_id=own.pk, how="in_person"), at=AT)
    other = register_person(worker, RegisterPerson(place=ground.east.code, name="李守义"), at=AT)
    with pytest.raises(Refused, match="already_linked"):
        link_account(worker, LinkAccount(person_id=other.pk, account_id=own.pk, how="in_person"), at=AT)
    with pytest.raises(Refused, match="already_linked"):
        link_account(worker, LinkAccount(person_id=person.pk, account_id=account("19900000005").pk, how="in_person"), at=AT)


def test_a_worker_cannot_vouch_for_the_own_account(ground: SmallCounty, person: Person) -> None:
    from linzhi.foundation.access.models import Grant

    own = account("19900000006")
    Grant.objects.create(account_id=own.pk, role="community_worker", path=ground.community.path, begin=AT)
    with pytest.raises(Refused, match="links_itself"):
        link_account(Someone(own.pk), LinkAccount(person_id=person.pk, account_id=own.pk, how="in_person"), at=AT)
