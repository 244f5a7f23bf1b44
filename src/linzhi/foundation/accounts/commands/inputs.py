"""What the commands on accounts share: how an account is loaded, and the rules of its fields."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import SafeText
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes
from linzhi.foundation.sms import normal_phone
from linzhi.kernel.refused import NotFound, Refused

DisplayName = Annotated[SafeText, Field(min_length=1, max_length=40)]
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def load(cmd: Any) -> Account:
    """The account that `cmd.account_id` names, locked. Raises NotFound."""
    account = Account.objects.select_for_update().filter(pk=cmd.account_id).first()
    if account is None:
        raise NotFound(_("没有这个账号。"))
    return account


def free_phone(phone: str, but: Account | None = None) -> tuple[str, str]:
    """A number and its blind index. Refused when it isn't a mobile number or another account has it."""
    number = normal_phone(phone)
    taken = Account.objects.filter(phone_index__in=blind_indexes(number))
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise Refused("accounts.phone_taken", _("这个手机号已经有账号了。"), field="phone")
    return number, blind_index(number)


def plain_email(email: str) -> str:
    """An address in small letters. Refused when it isn't one."""
    plain = email.strip().lower()
    try:
        validate_email(plain)
    except ValidationError as error:
        raise Refused("accounts.email", _("邮箱地址不对，请检查一下。"), status=422, field="email") from error
    return plain


def free_email(email: str, but: Account | None = None) -> str:
    """An address in small letters. Refused when it isn't one or another account has it."""
    plain = plain_email(email)
    taken = Account.objects.filter(email=plain)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise Refused("accounts.email_taken", _("这个邮箱已经有账号了。"), field="email")
    return plain


def free_username(username: str) -> str:
    """A username in small letters. Refused when it is badly formed or taken."""
    plain = username.strip().lower()
    if not _USERNAME.fullmatch(plain):
        raise Refused("accounts.username", _("用户名用 3 到 40 个小写字母、数字、点、横线，以字母开头。"), status=422, field="username")
    if Account.objects.filter(username=plain).exists():
        raise Refused("accounts.username_taken", _("这个用户名已经有人用了。请换一个。"), field="username")
    return plain


def check_demo(demo_role: str) -> None:
    """Refused outside demo mode: only synthetic people may be signed in by one click."""
    if demo_role and not settings.DEMO:
        raise Refused("accounts.not_demo", _("只有演示环境才能设演示身份。"), status=422, field="demo_role")
