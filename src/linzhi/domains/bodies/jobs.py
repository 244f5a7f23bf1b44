"""What the register does by itself once a day."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.bodies import metrics
from linzhi.domains.bodies.commands.open_formation import OpenFormation, open_formation
from linzhi.domains.bodies.models import Formation
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


def offer_formations(at: datetime) -> int:
    """Open a formation in every estate that must have a branch, has none and isn't founding one; how many were opened.

    So the task is there on the day on which the third member reaches the half year (LD-03). A place whose formation was given up
    waits until somebody opens it by hand.
    """
    tried = set(Formation.objects.filter(kind="party_branch").values_list("path", flat=True))
    opened = 0
    for county in Territory.objects.filter(level="county", end__isnull=True).order_by("path"):
        for verdict in metrics.branch_verdicts(county.path, day_of(at)):
            if verdict.due != "branch" or verdict.met or verdict.path in tried:
                continue
            try:
                open_formation(System("bodies.offer_formation"), OpenFormation(estate=territory.by_path(verdict.path).code), at=at)
            except Refused:
                continue  # the community has no party organisation yet: the list of gaps says so
            opened += 1
    return opened
