"""What an administrator does about other people's sign-in."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import links
from linzhi.foundation.accounts.commands import (
    Deactivate,
    Invite,
    Register,
    ResetSecondFactor,
    SendLink,
    deactivate,
    invite,
    register,
    reset_second_factor,
    send_link,
)
from linzhi.foundation.accounts.invitations import account_of, text_for
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.queries import staff
from linzhi.foundation.accounts.tests.conftest import AT
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def _factor(account: Account) -> None:
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})


def _reset(actor, account: Account) -> Account:
    return reset_second_factor(actor, ResetSecondFactor(account_id=account.pk, reason="当面，看过工作证"), at=AT)


def test_a_lost_second_factor_is_taken_away_and_the_password_stays(administrator, worker):
    _factor(worker)
    password, epoch = worker.password, worker.session_epoch
    after = _reset(administrator, worker)
    assert not Authenticator.objects.filter(user=worker).exists()
    assert (after.password, after.session_epoch) == (password, epoch + 1)
    assert "当面，看过工作证" in str(Entry.objects.get(action="accounts.reset_second_factor").data)


def test_nobody_resets_their_own_nor_one_that_is_not_there(administrator, worker):
    with pytest.raises(Refused, match="no_second_factor"):
        _reset(administrator, worker)
    own = Account.objects.get(pk=administrator.account_id)
    _factor(own)
    with pytest.raises(Refused, match="own_second_factor"):
        _reset(administrator, own)
    with pytest.raises(NotAllowed):
        _reset(Person(worker.pk), own)


def test_the_link_goes_to_the_phone_and_is_kept_nowhere(administrator, texts):
    account = register(System("accounts.sign_up"), Register(username="zhao.wen", name="赵文", phone="13900001111"), at=AT)
    send_link(administrator, SendLink(account_id=account.pk, channel="sms"), at=AT)
    links.send(account, "sms", f"https://example.org/{text_for(account)}", "11月23日 10:00")
    assert texts()[-1]["phone"] == "13900001111"
    assert account_of(text_for(account)) == account
    entry = Entry.objects.get(action="accounts.send_link")
    assert entry.data == {"account_id": account.pk, "channel": "sms"}


def test_no_link_for_an_account_that_has_a_password(administrator, worker):
    with pytest.raises(Refused, match="password_set"):
        send_link(administrator, SendLink(account_id=worker.pk, channel="print"), at=AT)
    invite(administrator, Invite(account_id=worker.pk), at=AT)
    send_link(administrator, SendLink(account_id=worker.pk, channel="print"), at=AT)


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_no_link_to_where_nothing_is_registered(administrator, channel):
    account = register(System("accounts.sign_up"), Register(username="no.where", name="无号"), at=AT)
    with pytest.raises(Refused) as refusal:
        send_link(administrator, SendLink(account_id=account.pk, channel=channel), at=AT)
    assert refusal.value.field == "channel"


def test_a_dead_number_is_told_to_whoever_sends(administrator, settings):
    settings.LINZHI_SMS_DEAD_NUMBERS = frozenset({"13900001111"})
    account = register(System("accounts.sign_up"), Register(username="zhao.wen", name="赵文", phone="13900001111"), at=AT)
    with pytest.raises(Refused, match="link_undeliverable"):
        links.send(account, "sms", "https://example.org/x", "明天")


def test_the_last_administrator_stays(administrator, worker):
    with pytest.raises(Refused, match="last_administrator"):
        deactivate(administrator, Deactivate(account_id=administrator.account_id), at=AT)
    Grant.objects.create(account_id=worker.pk, role="administrator", path="00001", begin=AT)
    deactivate(administrator, Deactivate(account_id=administrator.account_id), at=AT)
    assert not Account.objects.get(pk=administrator.account_id).active


def test_accounts_are_found_by_name_and_whole_number_and_only_by_administrators(administrator, worker, resident):
    register(System("accounts.sign_up"), Register(username="zhao.wen", name="赵文", phone="13900001111"), at=AT)
    powers = Powers(administrator, AT)
    assert [line.account.username for line in staff(powers, "139 0000 1111")] == ["zhao.wen"]
    assert staff(powers, "1390000") == []
    assert [line.account.name for line in staff(powers, "WANG")] == ["王琳"]
    assert "王阿姨" not in {line.account.name for line in staff(powers)}
    assert {line.account.username for line in staff(powers, state="waiting")} == {"admin.one", "zhao.wen"}
    assert [line.account.username for line in staff(powers, state="bare")] == ["wang.lin"]
    _factor(worker)
    assert staff(powers, state="bare") == []
    assert staff(Powers(Person(worker.pk), AT)) == []
