"""An account for staff."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth.hashers import make_password
from pydantic import Field

from linzhi.foundation.accounts.commands.inputs import DisplayName, check_demo, free_email, free_phone, free_username
from linzhi.foundation.accounts.events import Invited
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.privacy.fields import Sealed


class Register(Input):
    """A person who works on the platform. A phone or an e-mail address is only for messages; the sign-in is the username."""

    username: str
    name: DisplayName
    phone: Annotated[str, Private] = ""
    email: Annotated[str, Private, Field(max_length=254)] = ""
    demo_role: Annotated[SafeText, Field(max_length=40)] = ""


@command("accounts.register", on=lambda cmd: None)
def register(ctx: Context, cmd: Register, subject: None) -> Account:
    """Make a staff account without a password; `invitations.path_for(account)` gives the one-time link to set it.

    Refused when the username is badly formed, or the username, phone or address belongs to another account: a resident's
    account isn't turned into a staff account, since the link would hand it to whoever holds the link.
    """
    check_demo(cmd.demo_role)
    username = free_username(cmd.username)
    number, index = free_phone(cmd.phone) if cmd.phone else ("", None)
    account = Account.objects.create(
        kind="person",
        staff=True,
        username=username,
        name=cmd.name,
        phone=Sealed.of(number, "phone"),
        phone_index=index,
        email=free_email(cmd.email) if cmd.email else None,
        password=make_password(None),
        demo_role=cmd.demo_role,
        created=ctx.at,
    )
    ctx.emit(Invited(account.pk, ctx.actor.key))
    return account
