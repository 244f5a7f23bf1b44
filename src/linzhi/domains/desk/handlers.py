"""Reactions to what happens to the work calendar."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.desk.events import YearAnnounced
from linzhi.flow.jobs import renew_limits_due


def renew_limits(event: YearAnnounced, at: datetime) -> None:
    """Compute anew the limits that waited for the announcement; the job of the same name goes on where there are very many."""
    renew_limits_due(at)
