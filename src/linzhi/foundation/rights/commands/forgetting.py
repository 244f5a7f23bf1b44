"""What an erasure and its replay share: every part forgets, and the row says so."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.privacy import personal
from linzhi.foundation.rights.models import Erasure


def subjects_of(account_id: int) -> list[str]:
    """Everything that the parts hold about an account, by key."""
    return [subject for eraser in personal.erasers() for subject in eraser.find(account_id)]


def forget(key: uuid.UUID, account_id: int, subjects: Sequence[str], at: datetime, replayed_at: datetime | None = None) -> Erasure:
    """Let every part forget the subjects and keep the row.

    An account made after the erasure only has the same number in a restored copy: nothing is done to it.
    """
    stranger = Account.objects.filter(pk=account_id, created__gt=at).exists()
    counts = {} if stranger else {eraser.area: eraser.erase(subjects, at) for eraser in personal.erasers()}
    return Erasure.objects.create(key=key, account_id=account_id, subjects=list(subjects), at=at, replayed_at=replayed_at, counts=counts)
