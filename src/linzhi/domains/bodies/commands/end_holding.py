"""Somebody gives up a post; its power ends at the same moment."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import regrant
from linzhi.domains.bodies.events import HoldingEnded
from linzhi.domains.bodies.models import Holding, Post
from linzhi.domains.bodies.rules import ENDED_REASONS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound, Refused


class EndHolding(Input):
    """`reason`: term, resigned, removed, moved, condition, dissolved or other; `basis` the document, if there is one."""

    holding_id: int
    reason: str
    basis: Annotated[SafeText, Field(max_length=200)] = ""


def _load(cmd: EndHolding) -> Holding:
    # The post first, as everywhere: its grants are written anew, and nobody may change its reach or its holders meanwhile.
    Post.objects.select_for_update().filter(pk__in=Holding.objects.filter(pk=cmd.holding_id).values("post_id")).first()
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post").filter(pk=cmd.holding_id).first()
    if holding is None:
        raise NotFound(_("没有这条任职记录。"))
    return holding


@command("bodies.end_holding", on=_load, place=lambda holding: holding.post.path)
def end_holding(ctx: Context, cmd: EndHolding, holding: Holding) -> Holding:
    """End a holding now. Refused when it has ended, with an unknown reason, or when a holder gives another reason than resigning."""
    if cmd.reason not in ENDED_REASONS:
        raise Refused("bodies.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.reason}, status=422, field="reason")
    if holding.end is not None and holding.end <= ctx.at:
        raise Refused("bodies.holding_ended", _("这条任职已经结束了。"))
    if ctx.decision.basis == "mine" and cmd.reason != "resigned":
        raise Refused("bodies.only_resign", _("自己只能办辞任。"), status=403, field="reason")
    close(ctx, holding, cmd.reason)
    return holding


def close(ctx: Context, holding: Holding, reason: str) -> None:
    """End one holding at the command's time, with the grants it gave."""
    holding.end = max(ctx.at, holding.begin)
    holding.ended_reason = reason
    holding.save(update_fields=["end", "ended_reason"])
    regrant(holding.post, ctx.at)
    ctx.emit(HoldingEnded(holding.pk, holding.post_id, holding.post.body_id, holding.account_id))
