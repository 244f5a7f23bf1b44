"""What is erased is gone, what stays is said, and a restored backup forgets again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers

from linzhi.foundation.access.models import Grant
from linzhi.foundation.accounts.commands import SignUp, sign_up
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.notify.models import Message
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.rights import tombstones
from linzhi.foundation.rights.commands import Erase, LiftHold, PlaceHold, erase, lift_hold, place_hold
from linzhi.foundation.rights.models import Erasure
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.actor import Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db(transaction=True)
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")
HOUR = timedelta(hours=1)
PHONE = "13900000001"


@pytest.fixture
def resident() -> Account:
    made = sign_up(System("accounts.sign_up"), SignUp(phone=PHONE, name="居安", proved=True), at=AT)
    post(AT, to=Recipient(account_id=made.pk), kind="test", title="居安您好", key="one")
    return made


def gone(account: Account) -> bool:
    kept = Account.objects.get(pk=account.pk)
    return not kept.phone and kept.phone_index is None and not kept.active and "居安" not in kept.name and not Message.objects.exists()


def forget(account: Account, at: Any = AT) -> Erasure:
    return erase(Person(account.pk), Erase(account_id=account.pk, confirmed=True), at=at)


def test_the_account_and_its_messages_are_gone_and_the_phone_may_sign_up_anew(resident: Account) -> None:
    forget(resident)
    assert gone(resident)
    again = sign_up(System("accounts.sign_up"), SignUp(phone=PHONE, name="新人", proved=True), at=AT + HOUR)
    assert again.pk != resident.pk


def test_the_list_outside_the_database_names_rows_and_holds_no_data(resident: Account) -> None:
    made = forget(resident)
    text = tombstones.path().read_text()
    assert json.loads(text)["key"] == str(made.key) and f"accounts.account:{resident.pk}" in text
    assert PHONE not in text and "居安" not in text


def test_a_restored_backup_forgets_again_and_only_once(resident: Account) -> None:
    backup = serializers.serialize("json", [*Account.objects.all(), *Message.objects.all()])
    forget(resident)
    Message.objects.all().delete()
    Erasure.objects.all().delete()
    for row in serializers.deserialize("json", backup):
        row.save()
    assert Account.objects.get(pk=resident.pk).phone and Message.objects.exists()
    assert tombstones.replay(AT + HOUR) == 1
    assert gone(resident) and Erasure.objects.get().replayed_at == AT + HOUR
    assert tombstones.replay(AT + HOUR) == 0


def test_somebody_who_has_the_same_number_in_a_restored_copy_is_not_forgotten(resident: Account) -> None:
    forget(resident)
    Erasure.objects.all().delete()
    Account.objects.filter(pk=resident.pk).delete()
    Account.objects.create(pk=resident.pk, name="新来的", created=AT + HOUR)
    tombstones.replay(AT + 2 * HOUR)
    assert Account.objects.get(pk=resident.pk).name == "新来的" and Account.objects.get(pk=resident.pk).active


def test_an_erasure_that_only_the_database_knows_is_added_to_the_list(resident: Account) -> None:
    made = forget(resident)
    tombstones.path().unlink()
    assert tombstones.replay(AT) == 0
    assert [line.key for line in tombstones.read()] == [made.key]


def test_a_line_that_somebody_wrote_into_the_list_is_refused_and_a_torn_last_one_passed_over(resident: Account) -> None:
    forget(resident)
    good = tombstones.path().read_text()
    tombstones.path().write_text(good + good[:40])
    assert len(list(tombstones.read())) == 1
    forged = good.replace(f'"account_id": {resident.pk}', f'"account_id": {resident.pk + 1}')
    tombstones.path().write_text(forged)
    with pytest.raises(ValueError, match="not signed"):
        tombstones.replay(AT)


def test_it_is_refused_unconfirmed_for_others_for_staff_and_while_a_post_is_held(resident: Account) -> None:
    with pytest.raises(Refused, match="rights.unconfirmed"):
        erase(Person(resident.pk), Erase(account_id=resident.pk, confirmed=False), at=AT)
    other = Account.objects.create(name="甲", created=AT)
    with pytest.raises(NotAllowed):
        erase(Person(other.pk), Erase(account_id=resident.pk, confirmed=True), at=AT)
    Grant.objects.create(account_id=resident.pk, role="building_head", path="00001", begin=AT - HOUR, end=AT + HOUR)
    with pytest.raises(Refused, match="rights.holds_post"):
        forget(resident)
    forget(resident, AT + 2 * HOUR)
    assert gone(resident)


def test_a_legal_hold_keeps_everything_until_it_is_lifted(resident: Account) -> None:
    Territory.objects.create(code="1", name="区", level="county", path="00001", begin=AT.date())
    officer = Account.objects.create(name="陶局", username="officer", staff=True, created=AT)
    Grant.objects.create(account_id=officer.pk, role="county_officer", path="00001", begin=AT - HOUR)
    cmd = PlaceHold(place="1", subject=f"accounts.account:{resident.pk}", reason="某法院协助调查函")
    hold = place_hold(Person(officer.pk), cmd, at=AT)
    with pytest.raises(Refused, match="rights.held"):
        forget(resident)
    lift_hold(Person(officer.pk), LiftHold(hold_id=hold.pk), at=AT + HOUR)
    forget(resident, AT + HOUR)
    assert gone(resident)
