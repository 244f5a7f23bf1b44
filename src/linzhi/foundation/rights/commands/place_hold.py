"""依法暂停删除: nothing of a subject is removed until the hold is lifted."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound


class PlaceHold(Input):
    """`subject`: a row by key (`requests.request:17`, `accounts.account:5`) or a rule (`rule:notify.messages`); `reason`: the document."""

    place: str
    subject: str = Field(pattern=r"^[a-z_]+[.:][a-z_.]+(:\d+)?$", max_length=80)
    reason: Annotated[SafeText, Field(min_length=4, max_length=300)]


def _load(cmd: PlaceHold) -> Territory:
    where = Territory.objects.filter(code=cmd.place).first()
    if where is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": cmd.place})
    return where


@command("rights.place_hold", on=_load)
def place_hold(ctx: Context, cmd: PlaceHold, where: Territory) -> Hold:
    """Begin the hold; a second one on the same subject returns the first."""
    standing = Hold.objects.select_for_update().filter(subject=cmd.subject, end__isnull=True).first()
    if standing is not None:
        return standing
    return Hold.objects.create(subject=cmd.subject, path=where.path, reason=cmd.reason, begin=ctx.at, begun_by=ctx.actor.key)
