"""A leader no longer looks after a place; who did before stays readable."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.domains.compliance.models import LeaderLink
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class UnlinkLeader(Input):
    """Which link, and its first day without (today when it isn't said)."""

    link_id: int
    end: date | None = None


def _load(cmd: UnlinkLeader) -> LeaderLink:
    found = LeaderLink.objects.select_for_update().filter(pk=cmd.link_id, end__isnull=True).first()
    if found is None:
        raise NotFound(_("没有这条挂包，或者已经结束了。"))
    return found


@command("compliance.unlink_leader", on=_load)
def unlink_leader(ctx: Context, cmd: UnlinkLeader, link: LeaderLink) -> LeaderLink:
    """End it. Refused for a day that isn't after the beginning."""
    end = cmd.end or day_of(ctx.at)
    if end <= link.begin:
        raise Refused("compliance.link_ends_too_early", _("结束的日子要在开始之后。"), status=422, field="end")
    link.end = end
    link.save(update_fields=["end"])
    return link
