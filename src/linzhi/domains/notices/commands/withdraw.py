"""A notice is taken down."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.notices.events import NoticeWithdrawn
from linzhi.domains.notices.models import Notice
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound, Refused


class Withdraw(Input):
    """`reason` is shown in place of the notice."""

    notice_id: int
    reason: Annotated[SafeText, Field(min_length=1, max_length=200)]


def _load(cmd: Withdraw) -> Notice:
    notice = Notice.objects.select_for_update().filter(pk=cmd.notice_id).first()
    if notice is None:
        raise NotFound(_("没有这条公示。"))
    return notice


@command("notices.withdraw", on=_load)
def withdraw(ctx: Context, cmd: Withdraw, notice: Notice) -> Notice:
    """Withdraw a notice; it stays in the record with the reason. Refused twice, or for a body one isn't of."""
    if notice.withdrawn_at is not None:
        raise Refused("notices.withdrawn", _("这条公示已经撤回了。"))
    if not any(grant.body_id == notice.by_body_id for grants in ctx.powers.grants.values() for grant in grants):
        raise Refused("notices.other_body", _("只能撤回自己所在组织发布的公示。"), status=403)
    notice.withdrawn_at = ctx.at
    notice.withdrawn_reason = cmd.reason
    notice.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    ctx.emit(NoticeWithdrawn(notice.pk, notice.path))
    return notice
