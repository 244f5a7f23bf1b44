"""Going through the register: every finder of every county, each kind in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from linzhi.domains.compliance.commands import Found, NoteFindings, note_findings
from linzhi.domains.compliance.jobs.finders import FINDERS
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System

SYSTEM = System("compliance.refresh")
Finder = Callable[[Territory, datetime], dict[str, list[Found]]]


def refresh(at: datetime) -> int:
    """Go through all counties; how many findings are open afterwards. Running it again changes nothing."""
    counties = Territory.objects.filter(level="county", end__isnull=True).order_by("path")
    return sum(refresh_county(county, at) for county in counties)


def refresh_county(county: Territory, at: datetime) -> int:
    """Go through one county; a kind that nothing is found of is noted too, so that what was open closes."""
    total = 0
    for finder in FINDERS:
        for kind, found in finder(county, at).items():
            total += note_findings(SYSTEM, NoteFindings(county=county.code, kind=kind, found=tuple(found)), at=at)
    return total
