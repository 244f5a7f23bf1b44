"""Hand out the one-time link with which a member of staff sets the password."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from linzhi.foundation.accounts.commands.inputs import load
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import Refused


class SendLink(Input):
    """Which account, and how the link gets to its owner. The audit entry says it; the link itself is kept nowhere."""

    account_id: int
    channel: Literal["sms", "email", "print"]


@command("accounts.send_link", on=load)
def send_link(ctx: Context, cmd: SendLink, account: Account) -> Account:
    """Decide that a link goes out; `links.send` or the page to print does it once this is committed.

    Refused for a resident or a closed account, where a password is set already (that is `accounts.invite`, which ends the old
    one first), and where there is no number or address to send to.
    """
    if not account.staff or not account.active:
        raise Refused("accounts.not_staff", _("只有在用的工作账号才有开通链接。"))
    if account.has_usable_password():
        raise Refused("accounts.password_set", _("这个账号已经设好密码。密码忘了，请用“重置登录”。"))
    if cmd.channel == "sms" and not account.phone:
        raise Refused("accounts.no_phone", _("这个账号没有登记手机号。请改用邮件或打印。"), field="channel")
    if cmd.channel == "email" and not account.email:
        raise Refused("accounts.no_email", _("这个账号没有登记邮箱。请改用短信或打印。"), field="channel")
    return account
