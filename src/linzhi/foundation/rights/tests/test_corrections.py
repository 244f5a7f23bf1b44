"""A correction reaches those who can look it up, its words are read under a log, and the person hears the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.notify.models import Message
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.rights.commands import (
    AnswerCorrection,
    AskCorrection,
    ReadCorrection,
    answer_correction,
    ask_correction,
    read_correction,
)  # fmt: skip
from linzhi.foundation.rights.models import Correction
from linzhi.foundation.rights.queries import corrections
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.actor import ANONYMOUS, Person
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")
HOUR = timedelta(hours=1)
WORDS = "我住302，不是301"


def somebody(name: str, role: str = "", path: str = "") -> Account:
    made = Account.objects.create(name=name, created=AT)
    if role:
        Grant.objects.create(account_id=made.pk, role=role, path=path, begin=AT - HOUR)
    return made


@pytest.fixture
def place() -> Territory:
    return Territory.objects.create(code="9", name="桂园", level="estate", path="0000100002", begin=AT.date())


def ask(who: Account, place: str = "9", about: str = "residence") -> Correction:
    return ask_correction(Person(who.pk), AskCorrection(about=about, text=WORDS, place=place), at=AT)  # type: ignore[arg-type]


def test_the_workers_of_the_place_are_told_and_no_others(place: Territory) -> None:
    resident, worker, _far = somebody("居安"), somebody("白社", "community_worker", "00001"), somebody("外人", "community_worker", "00009")
    made = ask(resident)
    assert [message.account_id for message in Message.objects.all()] == [worker.pk]
    assert [one.pk for one in corrections(Powers(Person(worker.pk), AT))] == [made.pk]


def test_its_words_are_sealed_and_each_reading_is_logged_for_the_person(place: Territory) -> None:
    resident, worker, far = somebody("居安"), somebody("白社", "community_worker", "00001"), somebody("外人", "community_worker", "00009")
    made = ask(resident)
    assert "302" not in Correction.objects.get().text.stored and str(made.text) != WORDS
    assert read_correction(Person(worker.pk), ReadCorrection(correction_id=made.pk), at=AT) == WORDS
    log = Opening.objects.get()
    assert (log.subject, log.field, log.concerns, log.actor_name) == (f"rights.correction:{made.pk}", "text", resident.pk, "白社")
    with pytest.raises(NotAllowed):
        read_correction(Person(far.pk), ReadCorrection(correction_id=made.pk), at=AT)
    assert Opening.objects.count() == 1


def test_the_person_hears_the_answer_and_it_is_given_once(place: Territory) -> None:
    resident, worker = somebody("居安"), somebody("白社", "community_worker", "00001")
    made = ask(resident)
    cmd = AnswerCorrection(correction_id=made.pk, accepted=False, answer="核对过房产证，是301。")
    answer_correction(Person(worker.pk), cmd, at=AT + HOUR)
    heard = Message.objects.get(account_id=resident.pk)
    assert heard.title == "您的信息没有更正" and "301" in heard.body
    with pytest.raises(Refused, match="rights.answered"):
        answer_correction(Person(worker.pk), cmd, at=AT + HOUR)


def test_a_second_one_of_the_same_kind_waits_for_the_first(place: Territory) -> None:
    resident = somebody("居安")
    ask(resident)
    with pytest.raises(Refused, match="rights.correction_open"):
        ask(resident)
    ask(resident, about="other")


def test_one_about_the_account_alone_goes_to_the_administrators(place: Territory) -> None:
    resident, administrator, worker = (
        somebody("居安"),
        somebody("祁管", "administrator", "00001"),
        somebody("白社", "community_worker", "00001"),
    )
    made = ask(resident, place="", about="account")
    assert [message.account_id for message in Message.objects.all()] == [administrator.pk]
    assert read_correction(Person(administrator.pk), ReadCorrection(correction_id=made.pk), at=AT) == WORDS
    with pytest.raises(NotAllowed):
        read_correction(Person(worker.pk), ReadCorrection(correction_id=made.pk), at=AT)


def test_nobody_unknown_asks_and_nobody_answers_themself(place: Territory) -> None:
    with pytest.raises(NotAllowed):
        ask_correction(ANONYMOUS, AskCorrection(about="other", text=WORDS), at=AT)
    worker = somebody("白社", "community_worker", "00001")
    made = ask(worker)
    with pytest.raises(Refused, match="rights.own"):
        answer_correction(Person(worker.pk), AnswerCorrection(correction_id=made.pk, accepted=True, answer="改好了"), at=AT)
