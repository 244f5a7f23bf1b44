"""An e-mail address proved by a code."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.foundation.accounts.commands.inputs import free_email, load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, command


class LinkEmail(Input):
    """The address whose code was just entered. Only `mailbox` calls this, right after checking the code."""

    account_id: int
    email: Annotated[str, Private, Field(max_length=254)]


@command("accounts.link_email", on=load)
def link_email(ctx: Context, cmd: LinkEmail, account: Account) -> Account:
    """Make a proved address the account's own; it is for messages only, nobody signs in with it. Refused when another account has it."""
    account.email = free_email(cmd.email, but=account)
    account.save(update_fields=["email"])
    return account
