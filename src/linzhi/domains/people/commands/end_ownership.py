"""Somebody parts with a dwelling."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.dwellings import must_follow
from linzhi.domains.people.events import OwnershipEnded
from linzhi.domains.people.models import Ownership
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class EndOwnership(Input):
    """`end` is the first day on which the person no longer owns the share."""

    ownership_id: int
    end: date | None = None


def _load(cmd: EndOwnership) -> Ownership:
    ownership = Ownership.objects.select_for_update().filter(pk=cmd.ownership_id).first()
    if ownership is None:
        raise NotFound(_("没有这条产权记录。"))
    return ownership


@command("people.end_ownership", on=_load)
def end_ownership(ctx: Context, cmd: EndOwnership, ownership: Ownership) -> Ownership:
    """End an ownership; the row stays. Refused when it has ended, or would end before it began or in the future."""
    if ownership.end is not None:
        raise Refused("people.ownership_ended", _("这条产权记录已经结束了。"))
    end = cmd.end or day_of(ctx.at)
    must_follow(ownership.begin, end)
    if end > day_of(ctx.at):
        raise Refused("people.not_yet", _("产权转移要等到当天再登记。"), status=422, field="end")
    ownership.end = end
    ownership.save(update_fields=["end"])
    if ownership.person_id is not None:
        ctx.emit(OwnershipEnded(ownership.person_id, ownership.path))
    return ownership
