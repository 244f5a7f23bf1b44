"""Take back estates that an import added or changed."""

from __future__ import annotations

from datetime import date

from linzhi.domains.places.commands.bulk import Withdraw, refuse_lived_in, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.profile import unfill
from linzhi.domains.places.models import Estate, ProfileField
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory


class WithdrawEstates(Withdraw):
    """What `record_estates` said that it did."""


@command("places.withdraw_estates", on=lambda cmd: place(cmd.place))
def withdraw_estates(ctx: Context, cmd: WithdrawEstates, top: Territory) -> None:
    """Undo `record_estates`. Refused when an estate was changed since, or anything is registered in it: a building, a post, a request."""
    profile = [one["profile"] for one in cmd.trace if "profile" in one]
    unfill([pk for begun, _ended in profile for pk in begun], [pk for _begun, ended in profile for pk in ended])
    renamed = {one["id"]: one["renamed"] for one in cmd.trace if "renamed" in one}
    for estate in Estate.objects.filter(pk__in=renamed).select_related("territory"):
        growth.unname(estate.territory, date.fromisoformat(renamed[estate.pk]))
    gone = take_back("estate", Estate, cmd.trace, own=(ProfileField,))
    refuse_lived_in(gone, {"places.profilefield"})
    growth.remove([row.path for row in gone])
