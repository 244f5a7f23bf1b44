"""A relation between two bodies ends."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.bodies.models import BodyLink
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound


class UnlinkBodies(Input):
    """The relation's id."""

    link_id: int


def _load(cmd: UnlinkBodies) -> BodyLink:
    link = BodyLink.objects.select_for_update(of=("self",)).select_related("body").filter(pk=cmd.link_id).first()
    if link is None:
        raise NotFound(_("没有这条组织关系。"))
    return link


@command("bodies.unlink_bodies", on=_load, place=lambda link: link.body.path)
def unlink_bodies(ctx: Context, cmd: UnlinkBodies, link: BodyLink) -> BodyLink:
    """End the relation today; the row stays. Twice changes nothing."""
    if link.end is None:
        link.end = max(day_of(ctx.at), link.begin)
        link.save(update_fields=["end"])
    return link
