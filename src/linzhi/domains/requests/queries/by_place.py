"""A staff list counted by place."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Substr

from linzhi.domains.requests.queries.lists import Filter, listed
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import ESTATE_LENGTH


class Counted(NamedTuple):
    """How many requests, and how many of them are in hand and late."""

    found: int
    overdue: int


def by_place(powers: Powers, wanted: Filter) -> dict[str, Counted]:
    """The very list that a filter finds, counted by estate; what lies in no estate stands at the division where it lies."""
    late = Q(matter__closed_at__isnull=True, matter__next_due__lt=wanted.at)
    rows = listed(powers, wanted).order_by().annotate(spot=Substr("path", 1, ESTATE_LENGTH)).values("spot")
    counted = rows.annotate(found=Count("pk"), overdue=Count("pk", filter=late))
    return {row["spot"]: Counted(row["found"], row["overdue"]) for row in counted}
