"""导出我的信息: everything that is held about the account, in clear, for its owner (PIPL article 45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.opening import open_for
from linzhi.foundation.privacy.personal import Section
from linzhi.foundation.privacy.queries import openings_of
from linzhi.foundation.rights.commands.own import OnAccount, load_account


class Export(OnAccount):
    """Whose data: one's own."""


@dataclass(frozen=True)
class OwnData:
    """What the export holds."""

    at: datetime
    sections: tuple[Section, ...]


@command("rights.export", on=load_account)
def export(ctx: Context, cmd: Export, account: Account) -> OwnData:
    """Collect what every part declares of the account, sealed values opened and logged. Refused to everyone but the owner."""

    def show(row: models.Model, field: str) -> str:
        return open_for(ctx, row, field, purpose=_("本人导出自己的信息"), concerns=account.pk)

    looked = [
        ((_("时间"), one.at), (_("谁"), one.actor_name or one.actor), (_("看了什么"), one.field), (_("为什么"), one.purpose))
        for one in openings_of(ctx.actor, most=100_000)
    ]
    sections = [section for collect in personal.exporters() for section in collect(account.pk, show)]
    if looked:
        sections.append(Section(_("谁看过我的信息"), tuple(looked)))
    ctx.note(sections=len(sections), rows=sum(len(section.rows) for section in sections))
    return OwnData(ctx.at, tuple(sections))
