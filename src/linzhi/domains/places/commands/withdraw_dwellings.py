"""Take back dwellings that an import added or changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.models import Dwelling, Occupancy
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


class WithdrawDwellings(Withdraw):
    """What `record_dwellings` said that it did."""


@command("places.withdraw_dwellings", on=lambda cmd: place(cmd.place))
def withdraw_dwellings(ctx: Context, cmd: WithdrawDwellings, top: Territory) -> None:
    """Undo `record_dwellings`. Refused when a dwelling was changed since, or somebody lives in it or owns it by now."""
    told = {one.get("id") or one["new"]: one["occupancy"] for one in cmd.trace if "occupancy" in one}
    _vacate(told)
    take_back("dwelling", Dwelling, cmd.trace)


def _vacate(told: dict[int, list[Any]]) -> None:
    """Delete the occupancies that the import began and open those it ended."""
    rows = {row.dwelling_id: row for row in Occupancy.objects.filter(dwelling_id__in=told, end=None)}
    for pk, (_was, state, begin) in told.items():
        row = rows.get(pk)
        if row is None or row.state != state or str(row.begin) != begin:
            raise Refused("places.changed_since", _("居住情况后来又改过，不能撤回这次导入。"), row=pk)
    Occupancy.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    same_day = []
    for pk, (was, _state, begin) in told.items():
        if was is None:
            continue
        if was["begin"] == begin:
            path = rows[pk].path
            same_day.append(Occupancy(dwelling_id=pk, path=path, state=was["state"], begin=date.fromisoformat(begin)))
    Occupancy.objects.bulk_create(same_day)
    ended = {pk for pk, (was, _state, begin) in told.items() if was is not None and was["begin"] != begin}
    days = {begin for _was, _state, begin in told.values()}
    Occupancy.objects.filter(dwelling_id__in=ended, end__in=days).update(end=None)
