"""Close an account."""

from __future__ import annotations

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.events import Deactivated
from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.commands import Context, Input, SafeText, command


class Deactivate(Input):
    """Which account, and why."""

    account_id: int
    reason: SafeText = ""


@command("accounts.deactivate", on=load)
def deactivate(ctx: Context, cmd: Deactivate, account: Account) -> Account:
    """Close the account: its sessions and tokens end, what it did stays. Closing twice changes nothing."""
    if account.active:
        account.active = False
        account.session_epoch += 1
        account.save(update_fields=["active", "session_epoch"])
        ApiToken.objects.filter(account=account, revoked__isnull=True).update(revoked=ctx.at)
        ctx.emit(Deactivated(account.pk))
    return account
