"""A new one-time link for a staff account whose password or second factor is lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.events import Invited
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import Refused


class Invite(Input):
    """Which account, and how it was made sure that its owner asks for it."""

    account_id: int
    reason: SafeText = ""


@command("accounts.invite", on=load)
def invite(ctx: Context, cmd: Invite, account: Account) -> Account:
    """Take away password, second factors and sessions, so that a new link can be given. Refused for a resident or a closed account."""
    if not account.staff or not account.active:
        raise Refused("accounts.not_staff", _("只有在用的工作账号才有开通链接。"))
    Authenticator.objects.filter(user_id=account.pk).delete()
    account.password = make_password(None)  # a new unusable password: earlier links stop working
    account.session_epoch += 1
    account.save(update_fields=["password", "session_epoch"])
    ctx.emit(Invited(account.pk, ctx.actor.key))
    return account
