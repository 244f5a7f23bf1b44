"""One-time links with which staff set their first password. Nothing is stored: using a link changes what it was made from."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from linzhi.foundation.accounts.models import Account
from linzhi.kernel import clock


class _Generator(PasswordResetTokenGenerator):
    key_salt = "linzhi.accounts.invitation"

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{user.pk}|{user.password}|{user.session_epoch}|{int(user.active)}|{timestamp}"

    def _now(self) -> datetime:
        return clock.now().replace(tzinfo=None)


_generator = _Generator()


def text_for(account: Account) -> str:
    """The secret part of an account's link; good for `PASSWORD_RESET_TIMEOUT` seconds and one use."""
    return f"{int_to_base36(account.pk)}-{_generator.make_token(account)}"


def path_for(account: Account) -> str:
    """The path of the page where the person sets the password. Show it once, or send it."""
    return reverse("accounts_invitation", args=[text_for(account)])


def account_of(text: str) -> Account | None:
    """The account a link is for, or None when it was used, is too old, or was never made."""
    head, _dash, token = text.partition("-")
    try:
        account = Account.objects.filter(pk=base36_to_int(head), staff=True).first()
    except ValueError:
        return None
    return account if account is not None and _generator.check_token(account, token) else None
