"""Shared by the tests of accounts: a clean cache (rate limits live there), a data folder, and an administrator."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from linzhi.foundation.access.models import Grant
from linzhi.foundation.accounts.commands import AcceptInvitation, Register, SignUp, accept_invitation, register, sign_up
from linzhi.foundation.accounts.invitations import text_for
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.actor import ANONYMOUS, Actor, Person, System
from linzhi.kernel.clock import BEIJING

AT = datetime(2026, 11, 20, 10, 0, tzinfo=BEIJING)
PASSWORD = "green-kettle-42-river"


@pytest.fixture(autouse=True)
def _clean(settings, tmp_path: Path):
    settings.ROOT_URLCONF = "linzhi.foundation.accounts.tests.urls"
    settings.DATA_DIR = tmp_path
    settings.LINZHI_SMS_DRIVER = "linzhi.foundation.sms.drivers.Console"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def texts(tmp_path: Path):
    """What the console driver has written, oldest first."""

    def read() -> list[dict[str, str]]:
        log = tmp_path / "sms.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    return read


@pytest.fixture
def resident(db) -> Account:
    return sign_up(System("accounts.sign_up"), SignUp(phone="13800000001", name="王阿姨", proved=True), at=AT)


@pytest.fixture
def worker(db) -> Account:
    """A member of staff who has set the password and no second factor yet."""
    from django.contrib.auth.hashers import make_password

    account = register(System("accounts.sign_up"), Register(username="wang.lin", name="王琳"))
    accept_invitation(ANONYMOUS, AcceptInvitation(text=text_for(account), password_hash=make_password(PASSWORD)))
    account.refresh_from_db()
    return account


@pytest.fixture
def administrator(db) -> Actor:
    account = register(System("accounts.sign_up"), Register(username="admin.one", name="管理员"), at=AT)
    Grant.objects.create(account_id=account.pk, role="administrator", path="00001", begin=AT - timedelta(days=1))
    return Person(account.pk)
