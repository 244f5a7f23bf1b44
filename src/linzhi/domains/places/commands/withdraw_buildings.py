"""Take back buildings that an import added or changed."""

from __future__ import annotations

from linzhi.domains.places.commands.bulk import Withdraw, refuse_lived_in, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Building
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory


class WithdrawBuildings(Withdraw):
    """What `record_buildings` said that it did."""


@command("places.withdraw_buildings", on=lambda cmd: place(cmd.place))
def withdraw_buildings(ctx: Context, cmd: WithdrawBuildings, top: Territory) -> None:
    """Undo `record_buildings`. Refused when a building was changed since, or has units, dwellings or anything else by now."""
    gone = take_back("building", Building, cmd.trace)
    refuse_lived_in(gone, set())
    growth.remove([row.path for row in gone])
