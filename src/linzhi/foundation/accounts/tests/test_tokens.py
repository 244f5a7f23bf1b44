"""Tokens of programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import tokens
from linzhi.foundation.accounts.commands import Deactivate, IssueToken, RevokeToken, deactivate, issue_token, revoke_token
from linzhi.foundation.accounts.models import ApiToken
from linzhi.foundation.accounts.queries import tokens as all_tokens
from linzhi.foundation.accounts.tests.conftest import AT
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.commands.models import Meter
from linzhi.kernel.actor import Person
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def issue(actor, **more):
    return issue_token(actor, IssueToken(**{"name": "热线系统", "scopes": ("accounts.rename",), **more}), at=AT)


def test_a_token_is_shown_once_and_kept_as_a_digest(administrator):
    token = issue(administrator)
    assert token.text.startswith("lz_")
    stored = ApiToken.objects.get(pk=token.pk)
    assert not hasattr(stored, "text")
    assert token.text not in str(stored.__dict__) + str(list(Entry.objects.values_list("data", flat=True)))


def test_a_token_reaches_only_its_scopes(administrator, resident):
    actor = tokens.authenticate(f"Bearer {issue(administrator).text}", AT)
    assert actor.kind == "app"
    powers = Powers(actor, AT)
    assert actor.may_use("accounts.rename")
    assert not actor.may_use("accounts.register")
    assert "令牌没有" in powers.decide("accounts.register").reason


def test_a_whole_area_is_one_scope(administrator):
    actor = tokens.authenticate(f"Bearer {issue(administrator, scopes=('accounts.*',)).text}", AT)
    assert actor.may_use("accounts.rename")
    assert not actor.may_use("files.store_upload")


def test_the_day_of_last_use_is_kept_and_nothing_finer(administrator):
    token = issue(administrator)
    tokens.authenticate(f"Bearer {token.text}", AT)
    assert ApiToken.objects.get(pk=token.pk).last_used == AT.date()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer lz_wrong", "Basic lz_wrong", "lz_wrong", "Bearer wrong"])
def test_an_unknown_token_is_refused(db, header):
    with pytest.raises(Refused) as caught:
        tokens.authenticate(header, AT)
    assert caught.value.status == 401


def test_revoked_expired_and_closed_accounts_tokens_are_refused(administrator):
    revoked, short, closed = issue(administrator), issue(administrator, expires=AT + timedelta(days=1)), issue(administrator)
    revoke_token(administrator, RevokeToken(token_id=revoked.pk), at=AT)
    deactivate(administrator, Deactivate(account_id=closed.account_id), at=AT)
    tokens.authenticate(f"Bearer {short.text}", AT)
    for token, at in ((revoked, AT), (short, AT + timedelta(days=1)), (closed, AT)):
        with pytest.raises(Refused, match="token"):
            tokens.authenticate(f"Bearer {token.text}", at)


def test_a_token_for_a_person_an_unknown_scope_or_the_past_is_refused(administrator, resident):
    for more, code in (({"account_id": resident.pk}, "not_app"), ({"scopes": ("no.such",)}, "scope"), ({"expires": AT}, "expires")):
        with pytest.raises(Refused, match=code):
            issue(administrator, **more)


def test_only_administrators_issue_and_list_tokens(administrator, resident):
    with pytest.raises(NotAllowed):
        issue(Person(resident.pk))
    token = issue(administrator)
    assert all_tokens(Powers(administrator, AT)) == [token]
    assert all_tokens(Powers(Person(resident.pk), AT)) == []


def test_a_token_has_its_calls_in_a_minute_and_is_told_when_to_come_again(administrator, settings):
    settings.TOKEN_CALLS_PER_MINUTE = 2
    header = f"Bearer {issue(administrator).text}"
    late = AT.replace(second=50)
    for _call in range(2):
        tokens.authenticate(header, late)
    with pytest.raises(Refused) as caught:
        tokens.authenticate(header, late)
    assert (caught.value.status, caught.value.data["retry_after"]) == (429, 10)
    tokens.authenticate(header, late + timedelta(seconds=10))


def test_a_token_with_a_limit_of_its_own_keeps_to_that(administrator, settings):
    settings.TOKEN_CALLS_PER_MINUTE = 1
    more, less = issue(administrator, per_minute=3), issue(administrator, per_minute=1)
    for _call in range(3):
        tokens.authenticate(f"Bearer {more.text}", AT)
    tokens.authenticate(f"Bearer {less.text}", AT)
    with pytest.raises(Refused, match="rate"):
        tokens.authenticate(f"Bearer {less.text}", AT)


def test_an_unknown_token_counts_against_nobody(administrator):
    issue(administrator)
    with pytest.raises(Refused, match="invalid"):
        tokens.authenticate("Bearer lz_wrong", AT)
    assert not Meter.objects.exists()
