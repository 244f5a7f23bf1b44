"""End every session of an account."""

from __future__ import annotations

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, command


class SignOutEverywhere(Input):
    """Which account."""

    account_id: int


@command("accounts.sign_out_everywhere", on=load)
def sign_out_everywhere(ctx: Context, cmd: SignOutEverywhere, account: Account) -> Account:
    """End every session, this one too, at its next request."""
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    return account
