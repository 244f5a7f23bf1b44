"""Work that the timetable starts."""

from __future__ import annotations

from datetime import datetime

from linzhi.foundation.accounts.commands import ForgetUnverified, forget_unverified
from linzhi.kernel.actor import System


def sweep_unverified(at: datetime) -> None:
    """Forget day-old accounts whose phone was never proved. Once a day is enough."""
    forget_unverified(System("accounts.sweep"), ForgetUnverified(), at=at)
