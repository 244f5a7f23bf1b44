"""Forget numbers that somebody typed and nobody proved."""

from __future__ import annotations

from datetime import timedelta

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, Input, command

KEPT_FOR = timedelta(days=1)


class ForgetUnverified(Input):
    """Nothing to say."""


@command("accounts.forget_unverified", on=lambda cmd: None)
def forget_unverified(ctx: Context, cmd: ForgetUnverified, subject: None) -> None:
    """Delete residents' accounts that are a day old and whose phone was never verified; an unverified account can't have acted."""
    stale = Account.objects.filter(staff=False, kind="person", phone_verified=False, demo_role="", created__lte=ctx.at - KEPT_FOR)
    count, _per_model = stale.delete()
    ctx.note(forgotten=count)
