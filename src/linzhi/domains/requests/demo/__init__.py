"""A year of requests in 清禾区, played by calling the commands with the clock set back: see `build`.

`story`, `houses`, `yards`, `neighbours` and `words` hold what people say; `year` is the ordinary life, `today` the scenes that
stand there now; `case` and `turns` play one request by its script, `world` lets all of them live at once in the order of time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from linzhi.domains.bodies.demo import DemoCounty
from linzhi.domains.requests.demo.scenes import sheets, stage
from linzhi.domains.requests.demo.today import EXCEPTIONS, NAMED
from linzhi.domains.requests.demo.world import World
from linzhi.domains.requests.demo.year import DAYS, background
from linzhi.domains.requests.models import Request
from linzhi.foundation.access.powers import keeping_grants
from linzhi.foundation.territory.paths import within

REQUESTS = 625


def build(
    now: datetime, county: DemoCounty, *, share: float = 1.0, tell: Callable[[int], None] = lambda percent: None
) -> World | None:
    """Play the year before `now` in the demo county; None, and nothing done, when it has been played.

    `share` makes the ordinary life smaller, not the scenes; `tell` hears how many per cent are done. All or nothing, should it
    be stopped; the same for the same day, and it needs the county's register as of a year before.
    """
    if Request.objects.filter(within("path", county.ground.county.path)).exists():
        return None
    with transaction.atomic(), keeping_grants():
        world = World(county, now, tell)
        stage(world, NAMED + EXCEPTIONS)
        sheets(world)
        background(world, round(REQUESTS * share))
        world.run(now - timedelta(days=DAYS + 1))
    return world
