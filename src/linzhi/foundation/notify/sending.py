"""Posting a message from inside a command: rows only, in the command's own transaction. The worker does the sending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from linzhi.foundation.notify import quiet
from linzhi.foundation.notify.models import CHANNELS, ChannelChoice, Delivery, Message
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sms import normal_phone


@dataclass(frozen=True)
class Recipient:
    """Who is told: an account, or somebody without one by a phone number or an address in clear."""

    account_id: int | None = None
    phone: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        if self.account_id is None and not self.phone and not self.email:
            raise ValueError("a message needs a recipient")


def post(
    at: datetime,
    *,
    to: Recipient,
    kind: str,
    title: str,
    key: str,
    body: str = "",
    link: str = "",
    subject: str = "",
    place: str = "",
    channels: Iterable[str] = ("inbox",),
    urgent: bool = False,
) -> Message:
    """Tell somebody something; with a `key` used before, the first message is returned and nothing is added.

    The inbox has it at once; other channels follow unless the account turned them off, text messages not in the quiet
    hours unless `urgent`. `place` is the path of the place it is about, for staff who look after failed deliveries.
    Raises ValueError for an unknown channel; refused when a given phone isn't a mobile number.
    """
    wanted = list(dict.fromkeys(channels))
    if unknown := set(wanted) - set(CHANNELS):
        raise ValueError(f"unknown channels: {unknown}")
    Message.objects.bulk_create(
        [
            Message(
                key=key,
                kind=kind,
                account_id=to.account_id,
                phone=Sealed.of(normal_phone(to.phone), "phone") if to.phone else Sealed("", "phone"),
                email=Sealed.of(to.email.strip(), "text"),
                title=title,
                body=body,
                link=link,
                subject=subject,
                place=place,
                urgent=urgent,
                created=at,
            )
        ],
        ignore_conflicts=True,
    )
    message = Message.objects.get(key=key)
    off = _turned_off(to.account_id)
    Delivery.objects.bulk_create(
        [
            _delivery(message, channel, at)
            for channel in wanted
            if channel not in off and not (channel == "inbox" and to.account_id is None)
        ],
        ignore_conflicts=True,
    )
    return message


def _turned_off(account_id: int | None) -> set[str]:
    if account_id is None:
        return set()
    return set(ChannelChoice.objects.filter(account_id=account_id, off=True).values_list("channel", flat=True))


def _delivery(message: Message, channel: str, at: datetime) -> Delivery:
    if channel == "inbox":
        return Delivery(message=message, channel=channel, state="sent", due_at=at, sent_at=at)
    return Delivery(message=message, channel=channel, due_at=due(message, channel, at))


def due(message: Message, channel: str, at: datetime) -> datetime:
    """When a delivery may go out that could go out at `at`: text messages that aren't urgent wait for the morning."""
    if channel != "sms" or message.urgent:
        return at
    return quiet.next_allowed(at, quiet.parse(settings.LINZHI_QUIET_HOURS))
