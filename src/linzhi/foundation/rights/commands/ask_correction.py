"""申请更正: a person says what is wrong in what is held about them."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.access.granting import accounts_with, holders
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.rights.models import Correction
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound, Refused

MOST = 30
"""How many workers one correction tells at the most."""


class AskCorrection(Input):
    """`about` is the kind of data; `place` the code of one's estate or building, empty when it is only about the account."""

    about: Literal["account", "residence", "ownership", "other"]
    text: Annotated[SafeText, Field(min_length=2, max_length=1000), Private]
    place: str = ""


def _load(cmd: AskCorrection) -> Territory | None:
    if not cmd.place:
        return None
    where = Territory.objects.filter(code=cmd.place).first()
    if where is None:
        raise NotFound(_("没有这个地方。"))
    return where


@command("rights.ask_correction", on=_load)
def ask_correction(ctx: Context, cmd: AskCorrection, where: Territory | None) -> Correction:
    """Keep it sealed and tell the place's community workers (without a place: the administrators). Refused while the last one is open."""
    account_id = ctx.actor.account
    if Correction.objects.filter(account_id=account_id, about=cmd.about, answered_at__isnull=True).exists():
        raise Refused("rights.correction_open", _("这一类更正您已经申请过，正在核对。有结果会告诉您。"), field="about")
    made = Correction.objects.create(
        account_id=account_id, path=where.path if where else "", about=cmd.about, text=Sealed.of(cmd.text), asked_at=ctx.at
    )
    told = holders("community_worker", made.path, ctx.at) if made.path else sorted(accounts_with("administrator", ctx.at))
    for account in told[:MOST]:
        post(
            ctx.at, to=Recipient(account_id=account), kind="rights", title=_("有人申请更正自己的信息"),
            body=_("请核对后答复；改了或者不改，都要告诉本人。"), key=f"correction:{made.pk}:{account}", link="/desk/corrections/",
            subject=f"rights.correction:{made.pk}", place=made.path,
        )  # fmt: skip
    return made
