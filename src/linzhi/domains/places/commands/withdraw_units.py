"""Take back unit entrances that an import added or changed."""

from __future__ import annotations

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Unit
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory


class WithdrawUnits(Withdraw):
    """What `record_units` said that it did."""


@command("places.withdraw_units", on=lambda cmd: place(cmd.place))
def withdraw_units(ctx: Context, cmd: WithdrawUnits, top: Territory) -> None:
    """Undo `record_units`. Refused when an entrance was changed since."""
    take_back("unit", Unit, cmd.trace)
