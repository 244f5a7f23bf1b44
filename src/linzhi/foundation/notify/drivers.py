"""One function per channel that leaves the house. Each is told the stable reference of the delivery."""

from __future__ import annotations

import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.queries import by_id
from linzhi.foundation.notify.models import Delivery, Message
from linzhi.foundation.sms import Unavailable, Undeliverable, driver


def send_sms(delivery: Delivery) -> str:
    """Send by the SMS driver; returns the provider's reference. Raises Undeliverable or Unavailable."""
    message = delivery.message
    phone = _phone_of(message)
    if not phone:
        raise Undeliverable(_("没有手机号"))
    text = _("【邻治】%(text)s") % {"text": "　".join(filter(None, (message.title, message.body)))}
    return driver().send(phone, text, reference=delivery.reference.hex)


def send_email(delivery: Delivery) -> str:
    """Send by Django's mail backend, with the reference as Message-ID, which lets mail programs drop a second copy."""
    message = delivery.message
    address = _address_of(message)
    if not address:
        raise Undeliverable(_("没有邮箱"))
    if not settings.EMAIL_READY:
        raise Unavailable("no mail server is set up (LINZHI_EMAIL_HOST)")
    identity = f"<{delivery.reference.hex}@linzhi>"
    mail = EmailMessage(
        message.title, "\n\n".join(filter(None, (message.body, message.link))), to=[address], headers={"Message-ID": identity}
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _words in error.recipients.values()):
            raise Undeliverable(_("邮箱不存在或拒收")) from error
        raise Unavailable(str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(type(error).__name__) from error
    return identity


def _phone_of(message: Message) -> str:
    # Opened only to reach its owner, who is the recipient.
    if message.account_id is None:
        return message.phone.open_value()
    account = by_id(message.account_id)
    usable = account is not None and account.active and (account.phone_verified or account.staff)
    return account.phone.open_value() if account is not None and usable else ""


def _address_of(message: Message) -> str:
    if message.account_id is None:
        return message.email.open_value()
    account = by_id(message.account_id)
    return account.email or "" if account is not None and account.active else ""


SENDERS: dict[str, Callable[[Delivery], str]] = {"sms": send_sms, "email": send_email}
