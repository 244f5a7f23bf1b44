"""Take away a lost second factor."""

from __future__ import annotations

from typing import Annotated

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import Refused


class ResetSecondFactor(Input):
    """Which account, and how it was made sure that its owner asks for it."""

    account_id: int
    reason: Annotated[SafeText, Field(min_length=1, max_length=200)]


@command("accounts.reset_second_factor", on=load)
def reset_second_factor(ctx: Context, cmd: ResetSecondFactor, account: Account) -> Account:
    """Remove authenticator, keys and recovery codes and end every session; the password stays, and the next sign-in sets a new factor.

    Refused for one's own account, which one changes oneself, and where there is none.
    """
    if account.pk == ctx.actor.account_id:
        raise Refused("accounts.own_second_factor", _("自己的第二道验证请在“我的账号”里换。"))
    removed, _per_model = Authenticator.objects.filter(user_id=account.pk).delete()
    if not removed:
        raise Refused("accounts.no_second_factor", _("这个账号还没有设第二道验证，不用重置。"))
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    ctx.note(removed=removed)
    return account
