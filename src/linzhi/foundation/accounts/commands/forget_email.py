"""An e-mail address taken away again."""

from __future__ import annotations

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, command


class ForgetEmail(Input):
    """Whose: one's own account."""

    account_id: int


@command("accounts.forget_email", on=load)
def forget_email(ctx: Context, cmd: ForgetEmail, account: Account) -> Account:
    """Delete the address; messages go by the other channels from now on. Twice changes nothing."""
    account.email = None
    account.save(update_fields=["email"])
    return account
