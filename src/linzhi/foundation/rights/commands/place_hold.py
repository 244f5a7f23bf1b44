"""依法暂停删除: nothing of a subject is removed until the hold is lifted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.privacy import retention
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotFound, Refused


class PlaceHold(Input):
    """`subject`: a row by key (`requests.request:17`, `accounts.account:5`) or a rule (`rule:notify.messages`); `reason`: the document;
    `until`: the last day on which it holds, None until somebody lifts it."""

    place: str
    subject: str = Field(pattern=r"^[a-z_]+[.:][a-z_.]+(:\d+)?$", max_length=80)
    reason: Annotated[SafeText, Field(min_length=4, max_length=300)]
    until: date | None = None


def _load(cmd: PlaceHold) -> Territory:
    where = Territory.objects.filter(code=cmd.place).first()
    if where is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": cmd.place})
    return where


@command("rights.place_hold", on=_load)
def place_hold(ctx: Context, cmd: PlaceHold, where: Territory) -> Hold:
    """Begin the hold. The same once more returns the first; with another reason or end it takes the first one's place, so that no run of
    retention comes in between. Refused when the last day is over, and for a rule that doesn't exist."""
    if cmd.subject.startswith("rule:") and cmd.subject[5:] not in {rule.name for rule in retention.rules()}:
        raise Refused("rights.unknown_rule", _("没有这一类信息。请重新选。"), status=422, field="subject")
    until = datetime.combine(cmd.until + timedelta(days=1), time(), tzinfo=BEIJING) if cmd.until else None
    if until is not None and until <= ctx.at:
        raise Refused("rights.hold_over", _("最后一天要在今天或者以后。"), status=422, field="until")
    standing = Hold.objects.select_for_update().filter(subject=cmd.subject, end__isnull=True).first()
    if standing is not None:
        over = standing.until is not None and standing.until <= ctx.at
        if not over and (standing.reason, standing.until) == (cmd.reason, until):
            return standing
        standing.end = standing.until if over else max(ctx.at, standing.begin)
        standing.ended_by = "" if over else ctx.actor.key
        standing.save(update_fields=["end", "ended_by"])
    return Hold.objects.create(
        subject=cmd.subject, path=where.path, reason=cmd.reason, begin=ctx.at, begun_by=ctx.actor.key, until=until
    )  # fmt: skip
