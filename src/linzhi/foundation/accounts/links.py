"""Sending the one-time link to its owner. It goes straight to the phone or the mailbox and is kept in no table."""

from __future__ import annotations

import smtplib
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.sms import Unavailable, Undeliverable, driver
from linzhi.kernel.refused import Refused


def good_until(at: datetime) -> datetime:
    """When a link made at a moment stops working."""
    return at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def send(account: Account, channel: str, url: str, until: str) -> None:
    """Send the address by text message or e-mail. Refused, with another way to take, when it can't be sent."""
    words = _("%(name)s，您的工作账号 %(username)s 请在 %(until)s 前打开链接设密码：%(url)s 只能用一次，请不要转发。") % {
        "name": account.name, "username": account.username, "until": until, "url": url,
    }  # fmt: skip
    try:
        if channel == "sms":
            driver().send(account.phone.open_value(), _("【邻治】%(text)s") % {"text": words}, reference=uuid.uuid4().hex)
        else:
            _mail(account.email or "", words)
    except Undeliverable as error:
        raise Refused("accounts.link_undeliverable", _("登记的号码收不到。请核对，或者改用打印。"), field="channel") from error
    except (Unavailable, smtplib.SMTPException, OSError) as error:
        message = _("现在发不出去（通道没有设好或者不通）。请过一会儿再试，或者改用打印。")
        raise Refused("accounts.link_unavailable", message, status=503, field="channel") from error


def _mail(address: str, words: str) -> None:
    if not settings.EMAIL_READY:
        raise Unavailable("no mail server is set up (LINZHI_EMAIL_HOST)")
    EmailMessage(_("开通工作账号"), words, to=[address]).send()
