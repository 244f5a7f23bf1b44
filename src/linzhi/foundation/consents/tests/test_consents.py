"""A consent is given to words, holds until it is taken back, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from linzhi.foundation.access.models import Grant
from linzhi.foundation.accounts.commands import SignUp, sign_up
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.consents.commands import Give, PublishText, Withdraw, give, publish_text, withdraw
from linzhi.foundation.consents.commands import subject as subjects
from linzhi.foundation.consents.events import ConsentWithdrawn
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.consents.queries import account_subject, asked_of, holds, own_consents
from linzhi.foundation.outbox import events
from linzhi.foundation.outbox.models import Event
from linzhi.kernel import clock
from linzhi.kernel.actor import Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")
HOUR = timedelta(hours=1)
SKILLS = "people.skills"
PATH = "0000100002"


@pytest.fixture
def resident() -> Account:
    return sign_up(System("accounts.sign_up"), SignUp(phone="13900000001", name="居安", proved=True), at=AT)


@pytest.fixture
def officer(resident: Account) -> Account:
    made = Account.objects.create(name="陶局", username="officer", staff=True, created=AT)
    Grant.objects.create(account_id=made.pk, role="county_officer", path="00001", begin=AT - HOUR)
    return made


@pytest.fixture
def worker(resident: Account) -> Account:
    made = Account.objects.create(name="白社", username="worker", staff=True, created=AT)
    Grant.objects.create(account_id=made.pk, role="community_worker", path=PATH, begin=AT - HOUR)
    return made


@pytest.fixture(autouse=True)
def _records() -> Iterator[None]:
    """Records 1 and 2 of a part above: kept here, and elsewhere."""
    before = dict(subjects._places)
    subjects.register("test.person", lambda pk: {1: f"{PATH}00003", 2: "00009"}.get(pk))
    yield
    subjects._places.clear()
    subjects._places.update(before)


def publish(officer: Account, text: str = "社区在需要时可以联系我来帮忙。", **more: object) -> int:
    given = {"purpose": SKILLS, "title": "能人库", "text": text, "fields": ("people.SkillOffer.words",)} | more
    cmd = PublishText(**given)  # type: ignore[arg-type]
    return publish_text(Person(officer.pk), cmd, at=AT).version


def agree(account: Account, version: int = 1, at: object = AT) -> Consent:
    cmd = Give(subject=account_subject(account.pk), purpose=SKILLS, version=version)
    return give(Person(account.pk), cmd, at=at)  # type: ignore[arg-type]


def test_a_consent_holds_from_its_giving_until_its_withdrawal_and_history_stays_true(resident: Account, officer: Account) -> None:
    publish(officer)
    subject = account_subject(resident.pk)
    agree(resident)
    assert holds(subject, SKILLS, AT) and not holds(subject, SKILLS, AT - HOUR)
    withdraw(Person(resident.pk), Withdraw(subject=subject, purpose=SKILLS), at=AT + HOUR)
    assert not holds(subject, SKILLS, AT + HOUR) and holds(subject, SKILLS, AT + HOUR / 2)


def test_what_depends_on_a_consent_is_told_of_its_withdrawal_once(
    resident: Account, officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_handlers", {ConsentWithdrawn.name: {"test": lambda event, at: None}})
    publish(officer)
    made = agree(resident)
    for _twice in (1, 2):
        withdraw(Person(resident.pk), Withdraw(subject=account_subject(resident.pk), purpose=SKILLS), at=AT + HOUR)
    told = Event.objects.get()
    assert told.data == {"consent_id": made.pk, "subject": account_subject(resident.pk), "purpose": SKILLS}


def test_a_new_text_that_asks_anew_ends_earlier_consents_and_a_mended_word_does_not(resident: Account, officer: Account) -> None:
    publish(officer)
    agree(resident)
    publish(officer, "社区在需要时，可以联系我来帮忙。", renews=False)
    assert holds(account_subject(resident.pk), SKILLS, AT)
    version = publish(officer, "社区和街道在需要时可以联系我来帮忙。", fields=("people.SkillOffer.words", "people.Person.phone"))
    assert not holds(account_subject(resident.pk), SKILLS, AT)
    assert [one.consent for one in asked_of(Person(resident.pk), AT)] == [None]
    again = agree(resident, version)
    assert holds(account_subject(resident.pk), SKILLS, AT) and again.text.version == 3
    assert len(own_consents(Person(resident.pk))) == 2


def test_more_data_without_asking_anew_is_refused_and_so_is_the_same_text(officer: Account) -> None:
    publish(officer)
    with pytest.raises(Refused, match="consents.widened"):
        publish(officer, fields=("people.SkillOffer.words", "people.Person.phone"), renews=False)
    with pytest.raises(Refused, match="consents.unchanged"):
        publish(officer)


def test_giving_twice_is_one_consent_and_an_old_text_is_not_agreed_to(resident: Account, officer: Account) -> None:
    publish(officer)
    assert agree(resident).pk == agree(resident, at=AT + HOUR).pk
    publish(officer, "社区和街道在需要时可以联系我来帮忙。")
    with pytest.raises(Refused, match="consents.old_text"):
        agree(resident, 1)


def test_nobody_agrees_for_somebody_else(resident: Account, officer: Account, worker: Account) -> None:
    publish(officer)
    for other in (officer, worker):
        with pytest.raises(NotAllowed):
            give(Person(other.pk), Give(subject=account_subject(resident.pk), purpose=SKILLS, version=1, how="in_person"), at=AT)
    with pytest.raises(Refused, match="consents.no_text"):
        give(Person(resident.pk), Give(subject=account_subject(resident.pk), purpose="people.other", version=1), at=AT)


def test_a_worker_writes_down_what_somebody_of_the_own_place_said_and_nobody_elses(officer: Account, worker: Account) -> None:
    publish(officer)
    made = give(Person(worker.pk), Give(subject="test.person:1", purpose=SKILLS, version=1, how="in_person"), at=AT)
    assert (made.how, made.given_by, made.path) == ("in_person", f"person:{worker.pk}", f"{PATH}00003")
    assert holds("test.person:1", SKILLS, AT)
    with pytest.raises(NotAllowed):
        give(Person(worker.pk), Give(subject="test.person:2", purpose=SKILLS, version=1, how="in_person"), at=AT)
    with pytest.raises(Refused, match="consents.how"):
        give(Person(worker.pk), Give(subject="test.person:1", purpose=SKILLS, version=1), at=AT)
    for nobody in ("test.person:3", "nothing:1", "test.person:x"):
        with pytest.raises(Refused):
            give(Person(worker.pk), Give(subject=nobody, purpose=SKILLS, version=1, how="paper"), at=AT)
