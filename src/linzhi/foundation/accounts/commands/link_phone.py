"""A phone proved by a one-time code."""

from __future__ import annotations

from typing import Annotated

from linzhi.foundation.accounts.commands.inputs import free_phone, load
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed


class LinkPhone(Input):
    """The number whose code was just entered. Only the sign-in adapter calls this, right after checking the code."""

    account_id: int
    phone: Annotated[str, Private]


@command("accounts.link_phone", on=load)
def link_phone(ctx: Context, cmd: LinkPhone, account: Account) -> Account:
    """Make a verified number the account's own. Refused when another account has it."""
    number, index = free_phone(cmd.phone, but=account)
    account.phone = Sealed.of(number, "phone")
    account.phone_index = index
    account.phone_verified = True
    account.save(update_fields=["phone", "phone_index", "phone_verified"])
    ctx.emit(PhoneLinked(account.pk, index))
    return account
