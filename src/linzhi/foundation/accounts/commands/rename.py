"""Another display name."""

from __future__ import annotations

from linzhi.foundation.accounts.commands.inputs import DisplayName, load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, command


class Rename(Input):
    """The name that others see beside what this account does."""

    account_id: int
    name: DisplayName


@command("accounts.rename", on=load)
def rename(ctx: Context, cmd: Rename, account: Account) -> Account:
    """Change the display name; the old one stays in the audit log."""
    ctx.note(before=account.name)
    account.name = cmd.name
    account.save(update_fields=["name"])
    return account
