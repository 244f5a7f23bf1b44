"""How the accounts forget a person. Called by `rights.erase` and by the replay of the list of erasures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.privacy.fields import Sealed

KIND = "accounts.account"


def find(account_id: int) -> Sequence[str]:
    """The account itself."""
    return [f"{KIND}:{account_id}"]


def erase(subjects: Sequence[str], at: datetime) -> int:
    """Empty the accounts, end their sessions and tokens, throw their second factors away; returns how many were emptied."""
    wanted = [int(subject.partition(":")[2]) for subject in subjects if subject.startswith(f"{KIND}:")]
    erased = 0
    for account in Account.objects.select_for_update().filter(pk__in=wanted):
        if not account.active and not account.phone and account.phone_index is None and account.email is None:
            continue
        account.name, account.phone, account.phone_index = _("已注销的账号"), Sealed("", "phone"), None
        account.phone_verified, account.email, account.active = False, None, False
        account.password = make_password(None)
        account.session_epoch += 1
        account.save()
        ApiToken.objects.filter(account=account, revoked__isnull=True).update(revoked=at)
        apps.get_model("mfa.Authenticator")._default_manager.filter(user_id=account.pk).delete()
        erased += 1
    return erased
