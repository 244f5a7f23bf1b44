"""Take back facilities that an import added or changed."""

from __future__ import annotations

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Facility
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory


class WithdrawFacilities(Withdraw):
    """What `record_facilities` said that it did."""


@command("places.withdraw_facilities", on=lambda cmd: place(cmd.place))
def withdraw_facilities(ctx: Context, cmd: WithdrawFacilities, top: Territory) -> None:
    """Undo `record_facilities`. Refused when one was changed since, or something refers to it."""
    take_back("facility", Facility, cmd.trace)
