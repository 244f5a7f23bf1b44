"""Proving that a mailbox is one's own: a code goes there, and who types it in has it. What is pending stands in the sealed session."""

from __future__ import annotations

import hmac
import secrets
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.commands import LinkEmail, link_email
from linzhi.foundation.accounts.commands.inputs import plain_email
from linzhi.foundation.accounts.models import Account
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

GOOD_FOR = timedelta(minutes=15)
TRIES = 5
_KEY = "mailbox"


@dataclass(frozen=True)
class Pending:
    """An address to which a code went."""

    email: str


def pending(session: SessionBase, account: Account, at: datetime) -> Pending | None:
    """What this session waits for a code of, or None; a code is good for a quarter of an hour."""
    kept = session.get(_KEY)
    if not kept or kept["account"] != account.pk or at - datetime.fromisoformat(kept["at"]) >= GOOD_FOR:
        return None
    return Pending(kept["email"])


def ask(session: SessionBase, account: Account, email: str, at: datetime) -> None:
    """Send a code to an address. Refused for what is no address, for one's own present one, and when no mail can be sent.

    Where another account has the address, its owner is told and no code is good: who asks learns nothing.
    """
    address = plain_email(email)
    if address == account.email:
        raise Refused("accounts.same_email", _("这就是现在的邮箱。"), status=422, field="email")
    taken = Account.objects.filter(email=address).exclude(pk=account.pk).exists()
    code = f"{secrets.randbelow(1_000_000):06d}"
    if taken:
        _send(address, _("有人想把这个邮箱登记到另一个账号上，没有成功。如果不是您，不用理会。"))
    else:
        _send(address, _("验证码 %(code)s，15 分钟内有效。请不要告诉任何人，工作人员也不会向您要。") % {"code": code})
    session[_KEY] = {"account": account.pk, "email": address, "code": "" if taken else code, "at": at.isoformat(), "tries": 0}


def confirm(session: SessionBase, account: Account, code: str, at: datetime) -> None:
    """Make the address the account's own. Refused for a wrong or old code; after five wrong ones another has to be asked for."""
    if pending(session, account, at) is None:
        session.pop(_KEY, None)
        raise Refused("accounts.code_gone", _("验证码过期了。请重新填邮箱，再发一个。"), field="code")
    kept = dict(session[_KEY])
    if not kept["code"] or not hmac.compare_digest(kept["code"].encode(), code.strip().encode()):
        kept["tries"] += 1
        if kept["tries"] >= TRIES:
            session.pop(_KEY, None)
            raise Refused("accounts.code_gone", _("输错了 %(n)d 次。请重新填邮箱，再发一个。") % {"n": TRIES}, field="code")
        session[_KEY] = kept
        raise Refused("accounts.code_wrong", _("验证码不对，请再看一眼邮件。"), status=422, field="code")
    session.pop(_KEY, None)
    link_email(System("accounts.verify_email"), LinkEmail(account_id=account.pk, email=kept["email"]))


def forget(session: SessionBase) -> None:
    """Wait for no code any more."""
    session.pop(_KEY, None)


def _send(address: str, words: str) -> None:
    message = _("现在发不出邮件（邮件通道没有设好或者不通）。请过一会儿再试。")
    if not settings.EMAIL_READY:
        raise Refused("accounts.mail_unavailable", message, status=503, field="email")
    try:
        EmailMessage(_("【邻治】登记邮箱"), words, to=[address]).send()
    except (smtplib.SMTPException, OSError) as error:
        raise Refused("accounts.mail_unavailable", message, status=503, field="email") from error
