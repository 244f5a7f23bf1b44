"""Going through everything: each county is evaluated whole, in a transaction of its own."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.compliance.commands import Evaluate, evaluate
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System

SYSTEM = System("compliance.refresh")


def refresh(at: datetime) -> int:
    """Evaluate all counties; how many findings are open afterwards. Running it again changes nothing."""
    counties = Territory.objects.filter(level="county", end__isnull=True).order_by("path")
    return sum(refresh_county(county, at) for county in counties)


def refresh_county(county: Territory, at: datetime) -> int:
    """Evaluate one county; how many findings are open afterwards."""
    return evaluate(SYSTEM, Evaluate(place=county.code), at=at).open
