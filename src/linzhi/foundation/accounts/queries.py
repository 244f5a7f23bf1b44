"""Look-ups of accounts. Names stand beside acts for everyone who sees the act; the rest is for the code above, not for pages."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.privacy.sealing import blind_indexes
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.statements.kept import fetch
from linzhi.kernel.refused import NotAllowed, NotFound, Refused


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
    return Account.objects.filter(phone_index__in=blind_indexes(normal_phone(phone))).first()


def by_username(username: str) -> Account | None:
    """The staff account with this username, or None."""
    return Account.objects.filter(username=username.strip().lower()).first()


def demo_accounts() -> list[Account]:
    """The synthetic people that the demo offers as buttons, in the order in which they were made."""
    return list(Account.objects.exclude(demo_role="").filter(active=True, kind="person").order_by("pk"))


STATES = ("", "waiting", "bare", "closed")


@dataclass(frozen=True)
class StaffLine:
    """A staff account in the list of accounts: `waiting` until its owner has set a password, `factors` besides recovery codes."""

    account: Account
    waiting: bool
    factors: int


def staff(powers: Powers, words: str = "", state: str = "") -> list[StaffLine]:
    """Staff accounts by name or sign-in name, or one by its whole phone number; `state` narrows to those waiting, without second factor
    (`bare`) or closed. For those who may see accounts; nothing for others."""
    if not powers.decide("accounts.view_account"):
        return []
    rows = Account.objects.filter(staff=True)
    if words:
        rows = rows.filter(_matching(words))
    real = Q(authenticator__type__isnull=False) & ~Q(authenticator__type=Authenticator.Type.RECOVERY_CODES)
    found = rows.annotate(factors=Count("authenticator", filter=real)).order_by("-active", "username")
    lines = [StaffLine(row, not row.has_usable_password(), row.factors) for row in found]
    keep = {
        "waiting": lambda line: line.account.active and line.waiting,
        "bare": lambda line: line.account.active and not line.waiting and not line.factors,
        "closed": lambda line: not line.account.active,
    }.get(state, lambda line: True)
    return [line for line in lines if keep(line)]


def _matching(words: str) -> Q:
    found = Q(name__icontains=words) | Q(username__icontains=words.lower())
    with suppress(Refused):
        owner = by_phone(words)
        found |= Q(pk=owner.pk) if owner is not None else Q()
    return found


def staff_line(powers: Powers, account_id: int) -> StaffLine:
    """One staff account. Raises NotAllowed, NotFound for a resident's or a program's."""
    decision = powers.decide("accounts.view_account")
    if not decision:
        raise NotAllowed("accounts.view_account", decision.reason)
    account = Account.objects.filter(pk=account_id, staff=True).first()
    if account is None:
        raise NotFound(_("没有这个账号。"))
    return StaffLine(account, not account.has_usable_password(), second_factors(account_id))


def second_factors(account_id: int) -> int:
    """How many second factors an account has, without recovery codes."""
    return Authenticator.objects.filter(user_id=account_id).exclude(type=Authenticator.Type.RECOVERY_CODES).count()


def apps(powers: Powers) -> list[Account]:
    """The accounts of programs, by name, for those who may issue tokens; nothing for others."""
    if not powers.decide("accounts.issue_token"):
        return []
    return list(Account.objects.filter(kind="app").order_by("name", "pk"))


def tokens(powers: Powers) -> list[ApiToken]:
    """Every token, newest first, for those who may issue them; nothing for others."""
    if not powers.decide("accounts.issue_token"):
        return []
    return list(ApiToken.objects.select_related("account").order_by("-pk"))
