"""An address becomes one's own by the code that was sent there, and in no other way."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail

from linzhi.foundation.accounts import mailbox
from linzhi.foundation.accounts.commands import ForgetEmail, LinkEmail, Register, forget_email, link_email, register
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.tests.conftest import AT
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ADDRESS = "wang@example.org"


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def code() -> str:
    found = re.search(r"\d{6}", mail.outbox[-1].body)
    assert found is not None
    return found[0]


def email_of(account: Account) -> str | None:
    return Account.objects.get(pk=account.pk).email


def test_the_code_makes_the_address_ones_own(resident: Account, session: SessionStore) -> None:
    mailbox.ask(session, resident, " Wang@Example.org ", AT)
    assert mail.outbox[-1].to == [ADDRESS] and email_of(resident) is None
    mailbox.confirm(session, resident, f" {code()} ", AT)
    assert email_of(resident) == ADDRESS
    assert mailbox.pending(session, resident, AT) is None, "a code is good once"
    assert ADDRESS not in str(list(Entry.objects.filter(action="accounts.link_email").values_list("data", flat=True)))


def test_a_wrong_code_is_refused_and_the_fifth_ends_it(resident: Account, session: SessionStore) -> None:
    mailbox.ask(session, resident, ADDRESS, AT)
    wrong = "000000" if code() != "000000" else "111111"
    for number in range(mailbox.TRIES):
        with pytest.raises(Refused) as refused:
            mailbox.confirm(session, resident, wrong, AT)
        assert refused.value.code == ("accounts.code_gone" if number == mailbox.TRIES - 1 else "accounts.code_wrong")
    with pytest.raises(Refused):
        mailbox.confirm(session, resident, code(), AT)
    assert email_of(resident) is None


def test_an_old_code_and_another_accounts_session_are_refused(resident: Account, worker: Account, session: SessionStore) -> None:
    mailbox.ask(session, resident, ADDRESS, AT)
    assert mailbox.pending(session, worker, AT) is None
    with pytest.raises(Refused):
        mailbox.confirm(session, worker, code(), AT)
    mailbox.ask(session, resident, ADDRESS, AT)
    with pytest.raises(Refused):
        mailbox.confirm(session, resident, code(), AT + timedelta(minutes=15))
    assert email_of(resident) is None and email_of(worker) is None


def test_an_address_of_somebody_else_gives_no_code_and_tells_its_owner(resident: Account, session: SessionStore) -> None:
    register(System("accounts.sign_up"), Register(username="li.min", name="李敏", email=ADDRESS))
    mailbox.ask(session, resident, ADDRESS, AT)
    assert mailbox.pending(session, resident, AT) is not None, "who asks learns nothing"
    assert "有人想把这个邮箱" in mail.outbox[-1].body and not re.search(r"\d{6}", mail.outbox[-1].body)
    with pytest.raises(Refused):
        mailbox.confirm(session, resident, "", AT)
    with pytest.raises(Refused):
        link_email(System("accounts.verify_email"), LinkEmail(account_id=resident.pk, email=ADDRESS))


def test_only_the_check_of_the_code_links_and_only_the_owner_takes_away(resident: Account, worker: Account) -> None:
    with pytest.raises(NotAllowed):
        link_email(Person(resident.pk), LinkEmail(account_id=resident.pk, email=ADDRESS))
    link_email(System("accounts.verify_email"), LinkEmail(account_id=resident.pk, email=ADDRESS))
    with pytest.raises(NotAllowed):
        forget_email(Person(worker.pk), ForgetEmail(account_id=resident.pk))
    forget_email(Person(resident.pk), ForgetEmail(account_id=resident.pk))
    forget_email(Person(resident.pk), ForgetEmail(account_id=resident.pk))
    assert email_of(resident) is None


def test_without_a_mail_server_nothing_waits(resident: Account, session: SessionStore, settings) -> None:
    settings.EMAIL_READY = False
    with pytest.raises(Refused):
        mailbox.ask(session, resident, ADDRESS, AT)
    assert mailbox.pending(session, resident, AT) is None
