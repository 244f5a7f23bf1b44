"""Commands on accounts: who may, what is refused, what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linzhi.foundation.accounts import jobs, queries
from linzhi.foundation.accounts.commands import (
    Deactivate,
    LinkPhone,
    Reactivate,
    Register,
    Rename,
    SignUp,
    deactivate,
    link_phone,
    reactivate,
    register,
    rename,
    sign_up,
)
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.tests.conftest import AT
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import ANONYMOUS, Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SIGN_UP = System("accounts.sign_up")


def test_only_the_sign_in_pages_make_resident_accounts(resident):
    for actor in (ANONYMOUS, Person(resident.pk), System("other.job")):
        with pytest.raises(NotAllowed):
            sign_up(actor, SignUp(phone="13900000001"))


def test_a_number_has_one_account(resident):
    with pytest.raises(Refused, match="phone_taken"):
        sign_up(SIGN_UP, SignUp(phone="138-0000-0001"))
    with pytest.raises(Refused, match="phone_taken"):
        register(SIGN_UP, Register(username="li.na", name="李娜", phone="13800000001"))


def test_the_phone_is_sealed_and_reaches_the_audit_log_only_as_a_digest(resident):
    assert str(resident.phone) == "138****0001"
    assert "13800000001" not in str(Entry.objects.get(action="accounts.sign_up").data)
    stored = Account.objects.values_list("phone", flat=True).get(pk=resident.pk)
    assert "13800000001" not in stored.stored


@pytest.mark.parametrize("name", ["ab", "1abc", "王琳", "a b c", "admin/1", "x" * 41])
def test_a_badly_formed_username_is_refused(db, name):
    with pytest.raises(Refused, match=r"accounts\.username"):
        register(SIGN_UP, Register(username=name, name="李娜"))


def test_a_username_is_taken_whatever_its_capitals(worker):
    with pytest.raises(Refused, match="username_taken"):
        register(SIGN_UP, Register(username="Wang.Lin", name="王琳"))


def test_a_bad_or_taken_address_is_refused(db):
    with pytest.raises(Refused, match=r"accounts\.email"):
        register(SIGN_UP, Register(username="li.na", name="李娜", email="nobody"))
    register(SIGN_UP, Register(username="li.na", name="李娜", email="Li@example.cn"))
    with pytest.raises(Refused, match="email_taken"):
        register(SIGN_UP, Register(username="li.nb", name="李娜", email="li@example.cn"))


def test_an_administrator_registers_staff_and_a_resident_does_not(administrator, resident):
    assert register(administrator, Register(username="li.na", name="李娜"), at=AT).staff
    with pytest.raises(NotAllowed):
        register(Person(resident.pk), Register(username="li.nb", name="李娜"), at=AT)


def test_people_rename_themselves_and_nobody_else_but_an_administrator_does(resident, worker, administrator):
    assert rename(Person(resident.pk), Rename(account_id=resident.pk, name="王姐"), at=AT).name == "王姐"
    with pytest.raises(NotAllowed):
        rename(Person(worker.pk), Rename(account_id=resident.pk, name="某某"), at=AT)
    rename(administrator, Rename(account_id=resident.pk, name="王阿姨"), at=AT)
    assert queries.names([resident.pk, None, 999]) == {resident.pk: "王阿姨"}


def test_nobody_links_a_phone_without_the_code_check(resident, administrator):
    for actor in (Person(resident.pk), administrator):
        with pytest.raises(NotAllowed):
            link_phone(actor, LinkPhone(account_id=resident.pk, phone="13900000001"), at=AT)


def test_a_number_of_another_account_is_not_linked(resident, worker):
    with pytest.raises(Refused, match="phone_taken"):
        link_phone(System("accounts.verify_phone"), LinkPhone(account_id=worker.pk, phone="13800000001"))


def test_an_account_is_closed_by_its_owner_and_opened_by_an_administrator(resident, administrator):
    deactivate(Person(resident.pk), Deactivate(account_id=resident.pk), at=AT)
    with pytest.raises(NotAllowed):
        reactivate(Person(resident.pk), Reactivate(account_id=resident.pk), at=AT)
    assert reactivate(administrator, Reactivate(account_id=resident.pk), at=AT).active


def test_a_demo_role_is_refused_outside_the_demo(db, settings):
    with pytest.raises(Refused, match="not_demo"):
        sign_up(SIGN_UP, SignUp(phone="13900000001", demo_role="居民"))
    settings.DEMO = True
    account = sign_up(SIGN_UP, SignUp(phone="13900000001", demo_role="居民"))
    assert account.demo_listed
    assert queries.demo_accounts() == [account]


def test_numbers_that_nobody_proved_are_forgotten_after_a_day(resident):
    typed = sign_up(SIGN_UP, SignUp(phone="13900000001"), at=AT)
    jobs.sweep_unverified(AT + timedelta(hours=23))
    assert Account.objects.filter(pk=typed.pk).exists()
    jobs.sweep_unverified(AT + timedelta(hours=24))
    assert not Account.objects.filter(pk=typed.pk).exists()
    assert Account.objects.filter(pk=resident.pk).exists()


def test_the_database_refuses_staff_without_a_username_and_unknown_kinds(resident, worker):
    for change in ({"staff": True}, {"username": ""}, {"kind": "robot"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=resident.pk).update(**change)
