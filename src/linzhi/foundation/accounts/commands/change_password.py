"""Staff change their own password."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth.hashers import identify_hasher
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.kernel.refused import Refused


class ChangePassword(Input):
    """The new password, already hashed; the form has checked the old one and the strength of the new."""

    account_id: int
    password_hash: Annotated[str, Private]


@command("accounts.change_password", on=load)
def change_password(ctx: Context, cmd: ChangePassword, account: Account) -> Account:
    """Set the password and so end every other session. Refused for residents, who have none."""
    if not account.staff:
        raise Refused("accounts.no_password", _("居民账号用手机验证码登录，没有密码。"))
    identify_hasher(cmd.password_hash)
    account.password = cmd.password_hash
    account.save(update_fields=["password"])
    return account
