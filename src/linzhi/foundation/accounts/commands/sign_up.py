"""A resident makes an account with a phone."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.accounts.commands.inputs import check_demo, free_phone
from linzhi.foundation.accounts.events import SignedUp
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.kernel.refused import Refused


class SignUp(Input):
    """`name` may stay empty; then the account is called by the end of its number until its owner renames it.

    `proved` says that the number has been verified already, as with people whom the demo invents.
    """

    phone: Annotated[str, Private]
    name: Annotated[SafeText, Field(max_length=40)] = ""
    proved: bool = False
    demo_role: Annotated[SafeText, Field(max_length=40)] = ""


@command("accounts.sign_up", on=lambda cmd: None)
def sign_up(ctx: Context, cmd: SignUp, subject: None) -> Account:
    """Make a resident's account; its phone counts only once verified (accounts.link_phone). Refused when the number has an account."""
    check_demo(cmd.demo_role)
    number, index = free_phone(cmd.phone)
    account = Account(
        kind="person",
        name=cmd.name or _("居民%(end)s") % {"end": number[-4:]},
        phone=Sealed.of(number, "phone"),
        phone_index=index,
        phone_verified=cmd.proved,
        password=make_password(None),
        demo_role=cmd.demo_role,
        created=ctx.at,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:  # the same number at the same moment
        raise Refused("accounts.phone_taken", _("这个手机号已经有账号了。"), field="phone") from error
    ctx.emit(SignedUp(account.pk))
    return account
