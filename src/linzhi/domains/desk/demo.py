"""What the county office of 清禾区 has set up: two legal holds, one of them lifted."""

from __future__ import annotations

from datetime import datetime, timedelta

from linzhi.domains.bodies.demo import DemoCounty
from linzhi.foundation.rights.commands import LiftHold, PlaceHold, lift_hold, place_hold
from linzhi.foundation.rights.models import Hold
from linzhi.kernel.clock import day_of

OFFICER = "郑国栋"


def build(now: datetime, county: DemoCounty) -> None:
    """Set the holds; changes nothing when they are there."""
    if Hold.objects.exists():
        return
    actor, ground = county.actor(OFFICER), county.ground.county.code
    begin = now - timedelta(days=200)
    over = PlaceHold(
        place=ground,
        subject="rule:notify.messages",
        reason="清禾区纪委监委调取证据通知书（虚构）第 12 号",
        until=day_of(begin) + timedelta(days=180),
    )
    lift_hold(actor, LiftHold(hold_id=place_hold(actor, over, at=begin).pk), at=begin + timedelta(days=95))
    standing = PlaceHold(
        place=ground,
        subject="rule:requests.contacts",
        reason="清禾区人民法院协助执行通知书（虚构）第 31 号",
        until=day_of(now) + timedelta(days=120),
    )
    place_hold(actor, standing, at=now - timedelta(days=25))
