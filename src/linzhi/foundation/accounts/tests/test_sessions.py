"""A session lives in the database alone: what ended it anywhere has ended it with the next request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from linzhi.foundation.accounts.commands import SignOutEverywhere, sign_out_everywhere
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.sessions import SessionStore
from linzhi.kernel.actor import Person


@pytest.fixture
def signed_in(client: Client, resident: Account) -> Client:
    client.force_login(resident, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def known(client: Client) -> bool:
    """Whether the next request is still the account's."""
    return bool(client.get("/accounts/login/").wsgi_request.user.is_authenticated)


def test_a_session_is_read_as_it_was_written(signed_in: Client) -> None:
    session = signed_in.session
    session["draft"] = {"text": "楼道灯不亮了", "n": [1, None]}
    session.save()
    assert SessionStore(session.session_key)["draft"] == {"text": "楼道灯不亮了", "n": [1, None]}
    assert known(signed_in)


def test_a_session_taken_out_of_the_database_is_over_at_once(signed_in: Client) -> None:
    assert known(signed_in)
    Session.objects.all().delete()
    assert not known(signed_in)


def test_a_session_that_has_run_out_is_over(signed_in: Client) -> None:
    assert known(signed_in)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not known(signed_in)


def test_signing_out_everywhere_ends_it_at_once(signed_in: Client, resident: Account) -> None:
    assert known(signed_in)
    sign_out_everywhere(Person(resident.pk), SignOutEverywhere(account_id=resident.pk))
    assert not known(signed_in)


def test_a_session_that_is_not_there_leaves_its_key_behind(db: None) -> None:
    # Else somebody could choose the key of the session that is made for them.
    store = SessionStore("a" * 32)
    assert store.load() == {}
    assert store.session_key is None
