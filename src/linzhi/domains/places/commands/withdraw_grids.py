"""Take back grids that an import made or redrew."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.places.commands.bulk import Withdraw, take_back
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.events import GridRedrawn
from linzhi.domains.places.models import Grid, GridPart
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


class WithdrawGrids(Withdraw):
    """What `record_grids` said that it did."""


@command("places.withdraw_grids", on=lambda cmd: place(cmd.place))
def withdraw_grids(ctx: Context, cmd: WithdrawGrids, top: Territory) -> None:
    """Undo `record_grids`. Refused when a grid was redrawn since, or somebody holds a post for it."""
    begun = [pk for one in cmd.trace for pk in one.get("begun", ())]
    ended = [pk for one in cmd.trace for pk in one.get("ended", ())]
    if GridPart.objects.filter(pk__in=begun, end__isnull=True).count() != len(begun):
        raise Refused("places.changed_since", _("网格范围后来又调整过，不能撤回这次导入。"))
    GridPart.objects.filter(pk__in=begun).delete()
    # A micro-grid goes before the grid that it is part of.
    fresh = [one["new"] for one in cmd.trace if "new" in one]
    Grid.objects.filter(pk__in=fresh, parent__in=fresh).update(parent=None)
    take_back("grid", Grid, cmd.trace, own=(GridPart,))
    GridPart.objects.filter(pk__in=ended).update(end=None)
    for pk, path in Grid.objects.filter(pk__in=[one["id"] for one in cmd.trace if "id" in one]).values_list("pk", "path"):
        ctx.emit(GridRedrawn(pk, path))
