"""Take back venues that an import added or changed."""

from __future__ import annotations

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Venue
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory


class WithdrawVenues(Withdraw):
    """What `record_venues` said that it did."""


@command("places.withdraw_venues", on=lambda cmd: place(cmd.place))
def withdraw_venues(ctx: Context, cmd: WithdrawVenues, top: Territory) -> None:
    """Undo `record_venues`. Refused when one was changed since, or something refers to it."""
    take_back("venue", Venue, cmd.trace)
