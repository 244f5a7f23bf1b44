"""A notice is put up."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.notices.events import NoticePublished
from linzhi.domains.notices.models import Notice
from linzhi.domains.notices.rules import NOTICE_KINDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound, Refused


class Publish(Input):
    """`place` is the code of the place whose people should read it; `body_id` the body in whose name it is published."""

    place: str
    body_id: int
    title: Annotated[SafeText, Field(min_length=1, max_length=120)]
    text: Annotated[SafeText, Field(min_length=1, max_length=10_000)]
    kind: str = "notice"


def _load(cmd: Publish) -> Territory:
    where = Territory.objects.filter(code=cmd.place).first()
    if where is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": cmd.place})
    return where


@command("notices.publish", on=_load)
def publish(ctx: Context, cmd: Publish, where: Territory) -> Notice:
    """Publish a notice. Refused with an unknown kind or in the name of a body one isn't of."""
    if cmd.kind not in NOTICE_KINDS:
        raise Refused("notices.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    if ctx.actor.account_id is not None:  # a person or a program in a post
        own = any(grant.body_id == cmd.body_id for grants in ctx.powers.grants.values() for grant in grants)
        if not own:
            raise Refused("notices.other_body", _("只能以自己所在组织的名义发布。"), status=403, field="body_id")
    elif bodies.body(cmd.body_id) is None:
        raise NotFound(_("没有这个组织。"))
    notice = Notice.objects.create(
        path=where.path, kind=cmd.kind, title=cmd.title, body=cmd.text, by_body_id=cmd.body_id, published_at=ctx.at
    )
    ctx.emit(NoticePublished(notice.pk, notice.path))
    return notice
