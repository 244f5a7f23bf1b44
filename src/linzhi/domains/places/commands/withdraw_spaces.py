"""Take back pieces of idle space that an import added or changed."""

from __future__ import annotations

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Space
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory


class WithdrawSpaces(Withdraw):
    """What `record_spaces` said that it did."""


@command("places.withdraw_spaces", on=lambda cmd: place(cmd.place))
def withdraw_spaces(ctx: Context, cmd: WithdrawSpaces, top: Territory) -> None:
    """Undo `record_spaces`. Refused when one was changed since, or something refers to it."""
    take_back("space", Space, cmd.trace)
