"""Take back bodies that an import added or changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.bulk import refuse_used, restore
from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import Body
from linzhi.domains.places.commands.bulk import Withdraw
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


class WithdrawBodies(Withdraw):
    """What `record_bodies` said that it did."""


@command("bodies.withdraw_bodies", on=lambda cmd: place(cmd.place))
def withdraw_bodies(ctx: Context, cmd: WithdrawBodies, top: Territory) -> None:
    """Undo `record_bodies`. Refused with the first body in the way: changed since, or something rests on it (a post, a body below)."""
    restore(Body, [one for one in cmd.trace if one.get("before") is not None], str)
    added = {one["new"]: one["after"] for one in cmd.trace if "new" in one}
    rows = list(Body.objects.select_for_update().filter(pk__in=added).order_by("pk"))
    for row in rows:
        if row.end is not None or {name: str(getattr(row, name)) for name in added[row.pk]} != added[row.pk]:
            raise Refused("bodies.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": row}, row=row.pk)
    below = Body.objects.filter(parent__in=added).exclude(pk__in=added).select_related("parent").first()
    if below is not None:
        raise Refused("bodies.in_use", _("“%(row)s”已经用上了，不能撤回这次导入。") % {"row": below.parent}, row=below.parent_id)
    refuse_used(Body, {row.pk: row.name for row in rows}, own=(Body,))
    Body.objects.filter(pk__in=added).update(parent=None)
    Body.objects.filter(pk__in=added).delete()
