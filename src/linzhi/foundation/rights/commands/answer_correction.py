"""答复更正申请: done, or not done with the reason; the person is told."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Private, SafeText, command
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.rights.commands.own import OnCorrection, load_correction
from linzhi.foundation.rights.models import Correction
from linzhi.kernel.refused import Refused


class AnswerCorrection(OnCorrection):
    """Whether it was corrected; a refusal needs its reason (PIPL article 50)."""

    accepted: bool
    answer: Annotated[SafeText, Field(min_length=2, max_length=1000), Private]


@command("rights.answer_correction", on=load_correction)
def answer_correction(ctx: Context, cmd: AnswerCorrection, correction: Correction) -> Correction:
    """Answer and tell the person. Refused when it has been answered, and for one's own correction."""
    if correction.answered_at is not None:
        raise Refused("rights.answered", _("这件已经答复过了。"))
    if correction.account_id == ctx.actor.account_id:
        raise Refused("rights.own", _("自己的更正申请要由别人核对。"))
    correction.answered_at, correction.answered_by = max(ctx.at, correction.asked_at), ctx.actor.key
    correction.accepted, correction.answer = cmd.accepted, Sealed.of(cmd.answer)
    correction.save(update_fields=["answered_at", "answered_by", "accepted", "answer"])
    post(
        ctx.at, to=Recipient(account_id=correction.account_id), kind="rights",
        title=_("您的信息已经更正") if cmd.accepted else _("您的信息没有更正"), body=cmd.answer,
        key=f"correction:{correction.pk}:answer", link="/me/data/", subject=f"rights.correction:{correction.pk}", place=correction.path,
    )  # fmt: skip
    return correction
