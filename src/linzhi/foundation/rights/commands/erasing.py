"""How corrections forget a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.rights.models import Correction

KIND = "rights.corrections"


def find(account_id: int) -> Sequence[str]:
    """The corrections of the account, under one name."""
    return [f"{KIND}:{account_id}"]


def erase(subjects: Sequence[str], at: datetime) -> int:
    """Empty what was asked and answered; returns how many."""
    accounts = [int(subject.partition(":")[2]) for subject in subjects if subject.startswith(f"{KIND}:")]
    return Correction.objects.filter(account_id__in=accounts).update(text=Sealed("", "text"), answer=Sealed("", "text"))
