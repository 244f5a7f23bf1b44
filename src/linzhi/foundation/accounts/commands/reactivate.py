"""Open a closed account again."""

from __future__ import annotations

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, SafeText, command


class Reactivate(Input):
    """Which account, and why."""

    account_id: int
    reason: SafeText = ""


@command("accounts.reactivate", on=load)
def reactivate(ctx: Context, cmd: Reactivate, account: Account) -> Account:
    """Open a closed account again; its tokens stay revoked."""
    account.active = True
    account.save(update_fields=["active"])
    return account
