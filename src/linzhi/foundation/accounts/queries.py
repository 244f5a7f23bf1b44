"""Look-ups of accounts. Names stand beside acts for everyone who sees the act; the rest is for the code above, not for pages."""

from __future__ import annotations

from collections.abc import Iterable

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.statements.kept import fetch


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Account id to display name, for many accounts in one statement; unknown ids are left out."""
    wanted = {i for i in ids if i is not None}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def name(account_id: int | None) -> str:
    """One display name, or an empty string."""
    if account_id is None:
        return ""
    found = fetch("accounts.name", lambda pk: Account.objects.filter(pk=pk).values_list("name"), account_id)
    return str(found[0][0]) if found else ""


def by_id(account_id: int) -> Account | None:
    """The account, or None."""
    return Account.objects.filter(pk=account_id).first()


def by_phone(phone: str) -> Account | None:
    """The account with this mobile number, or None. Refused when it isn't a mobile number."""
    return Account.objects.filter(phone_index=blind_index(normal_phone(phone))).first()


def by_username(username: str) -> Account | None:
    """The staff account with this username, or None."""
    return Account.objects.filter(username=username.strip().lower()).first()


def demo_accounts() -> list[Account]:
    """The synthetic people that the demo offers as buttons, in the order in which they were made."""
    return list(Account.objects.exclude(demo_role="").filter(active=True, kind="person").order_by("pk"))


def tokens(powers: Powers) -> list[ApiToken]:
    """Every token, newest first, for those who may issue them; nothing for others."""
    if not powers.decide("accounts.issue_token"):
        return []
    return list(ApiToken.objects.select_related("account").order_by("-pk"))
