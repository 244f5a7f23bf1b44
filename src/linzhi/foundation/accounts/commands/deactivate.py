"""Close an account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.access import granting
from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.events import Deactivated
from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import Refused


class Deactivate(Input):
    """Which account, and why."""

    account_id: int
    reason: SafeText = ""


@command("accounts.deactivate", on=load)
def deactivate(ctx: Context, cmd: Deactivate, account: Account) -> Account:
    """Close the account: its sessions and tokens end, what it did stays. Closing twice changes nothing.

    Refused for the last administrator who can sign in: nobody could open an account again.
    """
    if account.active:
        _keep_one_administrator(ctx, account)
        account.active = False
        account.session_epoch += 1
        account.save(update_fields=["active", "session_epoch"])
        ApiToken.objects.filter(account=account, revoked__isnull=True).update(revoked=ctx.at)
        ctx.emit(Deactivated(account.pk))
    return account


def _keep_one_administrator(ctx: Context, account: Account) -> None:
    holders = granting.accounts_with("administrator", ctx.at)
    if account.pk in holders and not Account.objects.filter(pk__in=holders - {account.pk}, active=True, kind="person").exists():
        raise Refused("accounts.last_administrator", _("这是最后一个系统管理员，停用了就没人能管账号了。请先让别人任系统管理员。"))
