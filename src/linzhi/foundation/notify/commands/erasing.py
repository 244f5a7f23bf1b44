"""How messages forget a person. Called by `rights.erase` and by the replay of the list of erasures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linzhi.foundation.notify.models import ChannelChoice, Message

KIND = "notify.inbox"


def find(account_id: int) -> Sequence[str]:
    """The inbox of the account."""
    return [f"{KIND}:{account_id}"]


def erase(subjects: Sequence[str], at: datetime) -> int:
    """Delete the messages of the inboxes up to the erasure, and the choices of channels; returns how many messages."""
    accounts = [int(subject.partition(":")[2]) for subject in subjects if subject.startswith(f"{KIND}:")]
    ChannelChoice.objects.filter(account_id__in=accounts).delete()
    return Message.objects.filter(account_id__in=accounts).delete()[1].get("notify.Message", 0)
