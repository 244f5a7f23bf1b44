"""Staff set their first password with a one-time link."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth.hashers import identify_hasher
from django.utils.translation import gettext as _

from linzhi.foundation.accounts import invitations
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.kernel.refused import Refused


class AcceptInvitation(Input):
    """The link's secret part and the password, already hashed: a clear password goes no further than its form."""

    text: Annotated[str, Private]
    password_hash: Annotated[str, Private]


def _load(cmd: AcceptInvitation) -> Account:
    account = invitations.account_of(cmd.text)
    if account is None:
        raise Refused("accounts.link_dead", _("这个链接用过了，或者过期了。请系统管理员重发一个。"), status=410)
    return Account.objects.select_for_update().get(pk=account.pk)


@command("accounts.accept_invitation", on=_load)
def accept_invitation(ctx: Context, cmd: AcceptInvitation, account: Account) -> Account:
    """Set the password; the link is dead from then on. Refused when it was used or is too old."""
    if invitations.account_of(cmd.text) is None:  # again under the lock: of two at once, one wins
        raise Refused("accounts.link_dead", _("这个链接用过了，或者过期了。请系统管理员重发一个。"), status=410)
    identify_hasher(cmd.password_hash)
    account.password = cmd.password_hash
    account.session_epoch += 1
    account.save(update_fields=["password", "session_epoch"])
    return account
